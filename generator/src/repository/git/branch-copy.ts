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

/** A few files of a branch, in a repository of its own that nobody else uses. */
export class BranchCopy {
  readonly #git: Git;
  readonly #folder: GitFolder;
  readonly #options: CopyOptions;
  /** Full names of the branch, there and as it was last seen here. */
  readonly #branch: string;
  readonly #tip: string;
  #exists = false;
  #isPrepared = false;

  /** @param git works on the folder's parts. */
  constructor(git: Git, folder: GitFolder, options: CopyOptions) {
    this.#git = git;
    this.#folder = folder;
    this.#options = options;
    this.#branch = `refs/heads/${options.branch}`;
    this.#tip = `refs/remotes/origin/${options.branch}`;
  }

  /**
   * Has the folder hold what the branch now holds, read from git's objects; nothing where there is
   * no such branch. Of the branch's other files, and of its past, nothing is fetched where the
   * server knows how to leave it out.
   * @throws GitFailure, UserError TOOL_FAILED; system errors.
   */
  async refresh(): Promise<void> {
    const commit = await this.#remoteCommit();
    if (!this.#isPrepared) await this.#prepare(commit?.length === SHA256_LENGTH);
    const { tree, index } = this.#folder;
    await rm(tree, { recursive: true, force: true });
    await rm(index, { force: true });
    await mkdir(tree);
    this.#exists = commit !== undefined;
    if (commit === undefined) return;
    await this.#fetch();
    await this.#git('read-tree', '-m', '-u', this.#tip);
  }

  /** The commit that the branch is at; undefined where there is no such branch. */
  async #remoteCommit(): Promise<string | undefined> {
    const refs = await this.#git('ls-remote', '--', this.#options.url, this.#branch);
    const lines = refs.split('\n').map((line) => line.split('\t'));
    return lines.find(([, name]) => name === this.#branch)?.[0];
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

  async #fetch(): Promise<void> {
    const options = ['--quiet', '--depth=1', '--filter=blob:none', '--no-tags'];
    await this.#git('fetch', ...options, 'origin', `+${this.#branch}:${this.#tip}`);
  }

  /**
   * Commits what is new in the folder and pushes it, so that it comes right after what was there at
   * the last {@link refresh}, or not at all.
   * @throws GitFailure, UserError TOOL_FAILED; system errors.
   */
  async push(message: string): Promise<void> {
    const { repository, tree } = this.#folder;
    if (!this.#exists) await writeFile(join(tree, NO_JEKYLL), '');
    await this.#git('add', '--force', '--sparse', '.');
    const files = await this.#git('write-tree');
    const parents = this.#exists ? ['-p', this.#tip] : [];
    const text = join(repository, 'COMMIT_EDITMSG');
    await writeFile(text, message);
    const signing = (await this.#signsCommits()) ? ['-S'] : [];
    const commit = await this.#git('commit-tree', files, ...parents, ...signing, '-F', text);
    await this.#git('push', '--quiet', '--porcelain', 'origin', `${commit}:${this.#branch}`);
  }

  async #signsCommits(): Promise<boolean> {
    const answer = await this.#git('config', '--type=bool', '--default=false', 'commit.gpgSign');
    return answer === 'true';
  }
}
