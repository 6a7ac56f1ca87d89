import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitFolder } from '../../git/environment.ts';
import type { Git } from '../../git/git.ts';

/** Which files of which branch. */
export interface CopyOptions {
  /** Of the remote repository, without secrets. */
  url: string;
  branch: string;
  /** Patterns of `git sparse-checkout`. */
  patterns: readonly string[];
}

/** Files come out of git and go in byte for byte, whatever the branch or the user's settings say. */
const ATTRIBUTES = '* -text -ident -filter -working-tree-encoding\n';
/** Has GitHub serve the files as they are. */
const NO_JEKYLL = '.nojekyll';
const SHA256_LENGTH = 64;

/**
 * A few files of a branch, in a repository of its own that nobody else uses.
 * All of it throws GitFailure, UserError TOOL_FAILED and system errors.
 */
export class BranchCopy {
  readonly #git: Git;
  readonly #folder: GitFolder;
  readonly #options: CopyOptions;
  #isPrepared = false;
  /** The commit that the branch is at, undefined while there is no such branch. */
  #base: string | undefined;
  /** The last commit that was to become the branch. */
  #pushed: string | undefined;

  /** @param git works on the folder's parts. */
  constructor(git: Git, folder: GitFolder, options: CopyOptions) {
    this.#git = git;
    this.#folder = folder;
    this.#options = options;
  }

  /**
   * Has the folder hold what the branch now holds, read from git's objects; nothing where there is
   * no such branch. Of the branch's other files, and of its past, nothing is fetched where the
   * server knows how to leave it out.
   */
  async refresh(): Promise<void> {
    const commit = await this.remoteCommit(this.#options.branch);
    if (!this.#isPrepared) await this.#prepare(commit?.length === SHA256_LENGTH);
    this.#base = commit && (await this.fetch(this.#options.branch));
    await this.checkOut(this.#base);
  }

  /** Is there such a branch, as the last {@link refresh} saw it? */
  get exists(): boolean {
    return this.#base !== undefined;
  }

  /** Was the branch at a commit of this copy's at the last {@link refresh}? */
  get isAtOwnCommit(): boolean {
    return this.#base !== undefined && this.#base === this.#pushed;
  }

  /** Does a commit come right after what the last {@link refresh} saw? */
  async isNext(commit: string): Promise<boolean> {
    const [header = ''] = (await this.#git('cat-file', 'commit', commit)).split('\n\n');
    const parents = [...header.matchAll(/^parent (\w+)$/gm)].map(([, parent]) => parent);
    return parents.length === 1 && parents[0] === this.#base;
  }

  /** The commit that a branch is at; undefined where there is no such branch. */
  async remoteCommit(branch: string): Promise<string | undefined> {
    const full = `refs/heads/${branch}`;
    const refs = await this.#git('ls-remote', '--', this.#options.url, full);
    const lines = refs.split('\n').map((line) => line.split('\t'));
    return lines.find(([, name]) => name === full)?.[0];
  }

  /** Has the folder hold what a commit holds, by default the branch at the last {@link refresh}. */
  async checkOut(commit: string | undefined = this.#base): Promise<void> {
    const { tree, index } = this.#folder;
    await rm(tree, { recursive: true, force: true });
    await rm(index, { force: true });
    await mkdir(tree);
    if (commit !== undefined) await this.#git('read-tree', '-m', '-u', commit);
  }

  async #prepare(isSha256: boolean): Promise<void> {
    const { repository } = this.#folder;
    const format = `--object-format=${isSha256 ? 'sha256' : 'sha1'}`;
    await this.#git('init', '--quiet', '--template=', format);
    await this.#git('remote', 'add', 'origin', this.#options.url);
    const information = join(repository, 'info');
    await mkdir(information, { recursive: true });
    await writeFile(join(information, 'attributes'), ATTRIBUTES);
    const patterns = this.#options.patterns.map((pattern) => `${pattern}\n`);
    await writeFile(join(information, 'sparse-checkout'), patterns.join(''));
    this.#isPrepared = true;
  }

  /** Fetches a branch that is there; the commit that it is at. */
  async fetch(branch: string): Promise<string> {
    const tip = `refs/remotes/origin/${branch}`;
    const options = ['--quiet', '--depth=1', '--filter=blob:none', '--no-tags'];
    await this.#git('fetch', ...options, 'origin', `+refs/heads/${branch}:${tip}`);
    return this.#git('rev-parse', '--verify', tip);
  }

  /**
   * Commits what is new in the folder, right after what was there at the last {@link refresh}.
   * @returns the commit, which nobody else sees yet.
   */
  async commit(message: string): Promise<string> {
    const { repository, tree } = this.#folder;
    if (!this.exists) await writeFile(join(tree, NO_JEKYLL), '');
    await this.#git('add', '--force', '--sparse', '.');
    const files = await this.#git('write-tree');
    const parents = this.#base === undefined ? [] : ['-p', this.#base];
    const text = join(repository, 'COMMIT_EDITMSG');
    await writeFile(text, message);
    const signing = (await this.#signsCommits()) ? ['-S'] : [];
    return this.#git('commit-tree', files, ...parents, ...signing, '-F', text);
  }

  /** Has the branch be at a commit, so that it comes right after what was there, or not at all. */
  async push(commit: string): Promise<void> {
    this.#pushed = commit;
    await this.#push(commit, this.#options.branch);
  }

  /**
   * Has a branch of our own be at a commit, whatever it held, as long as nobody else has moved it.
   * @param seen the commit that it is at; undefined where it is not there.
   */
  async replace(branch: string, commit: string, seen: string | undefined): Promise<void> {
    await this.#push(commit, branch, `--force-with-lease=refs/heads/${branch}:${seen ?? ''}`);
  }

  async #push(commit: string, branch: string, ...options: string[]): Promise<void> {
    const refspec = `${commit}:refs/heads/${branch}`;
    await this.#git('push', '--quiet', '--porcelain', ...options, 'origin', refspec);
  }

  async #signsCommits(): Promise<boolean> {
    const answer = await this.#git('config', '--type=bool', '--default=false', 'commit.gpgSign');
    return answer === 'true';
  }
}
