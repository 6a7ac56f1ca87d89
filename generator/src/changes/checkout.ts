import { existsSync } from 'node:fs';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { UserError } from '../errors.ts';
import { withTemporaryDirectory } from '../files/temporary.ts';
import { GitFailure } from '../git/failure.ts';
import { type Git, requireGit } from '../git/git.ts';
import { readingGit } from './reading-git.ts';

function lines(output: string): string[] {
  return output.split('\0').filter((line) => line !== '');
}

/** A path as git writes it. */
function gitPath(from: string, to: string): string {
  return relative(from, to).split(sep).join('/');
}

/**
 * The top of the checkout that a folder lies in, undefined where there is none.
 * @param folder without symbolic links.
 */
export function topOf(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : topOf(parent);
}

async function resolveCommit(git: Git, top: string, ref: string): Promise<string> {
  try {
    return await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`);
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    const isShallow = (await git('rev-parse', '--is-shallow-repository')) === 'true';
    throw new UserError('USAGE', `${top} has no commit ${JSON.stringify(ref)}`, {
      next: isShallow
        ? 'The clone has a part of the history only: get the rest with `git fetch --unshallow --tags`, in GitHub Actions with `fetch-depth: 0` for actions/checkout.'
        : 'Name a branch, a tag or a commit that is there; `git fetch --tags` gets those of the remote.',
      cause: error,
    });
  }
}

/** A checkout beside one of its commits; nothing in it is changed. */
export class Checkout {
  /** Its uppermost folder, without symbolic links. */
  readonly top: string;
  /** Undefined for a submodule that was not there yet. */
  readonly commit: string | undefined;
  readonly #git: Git;

  private constructor(top: string, commit: string | undefined, git: Git) {
    this.top = top;
    this.commit = commit;
    this.#git = git;
  }

  /**
   * @param ref names a commit; for a submodule one of the repository that it is a part of.
   * @throws UserError USAGE where there is no such commit; TOOL_MISSING, TOOL_FAILED for git.
   */
  static async open(top: string, ref: string): Promise<Checkout> {
    const git = readingGit(top);
    await requireGit(git);
    return asUserError(top, async () => {
      const superproject = await git('rev-parse', '--show-superproject-working-tree');
      if (superproject === '') return new Checkout(top, await resolveCommit(git, top, ref), git);
      const outer = await Checkout.open(await realpath(superproject), ref);
      const pinned = await outer.#submoduleCommit(gitPath(outer.top, top));
      return new Checkout(top, pinned && (await resolveCommit(git, top, pinned)), git);
    });
  }

  async #submoduleCommit(path: string): Promise<string | undefined> {
    if (this.commit === undefined) return undefined;
    const entry = await this.#git('ls-tree', '-z', this.commit, '--', path);
    return /^160000 commit (\S+)/.exec(entry)?.[1];
  }

  #list(...args: string[]): Promise<string[]> {
    return asUserError(this.top, async () => lines(await this.#git(...args)));
  }

  /** The path of a folder or file in the checkout, empty for its top. */
  pathOf(folder: string): string {
    return gitPath(this.top, folder);
  }

  /** All files of the commit. */
  async committedFiles(): Promise<string[]> {
    if (this.commit === undefined) return [];
    return this.#list('ls-tree', '-r', '--name-only', '--full-tree', '-z', this.commit);
  }

  /** Files that may differ from those of the commit, and such that git neither has nor ignores. */
  async changedFiles(): Promise<string[]> {
    if (this.commit === undefined) return [];
    const options = ['--name-only', '--ignore-submodules=none', '-z'];
    const differing = await this.#list('diff-index', ...options, this.commit, '--');
    const others = await this.#list('ls-files', '--others', '--exclude-standard', '-z');
    return [...differing, ...others];
  }

  /** What git ignores: files, and folders with `/` at the end. */
  ignoredPaths(): Promise<string[]> {
    const options = ['--others', '--ignored', '--exclude-standard', '--directory'];
    return this.#list('ls-files', ...options, '-z');
  }

  /**
   * Runs `use` with a folder that has the files of some paths as they were in the commit, written as
   * a checkout would (line ends, filters).
   * @throws UserError TOOL_FAILED, FILE_SYSTEM
   */
  withCommitted<T>(paths: readonly string[], use: (folder: string) => Promise<T>): Promise<T> {
    return withTemporaryDirectory(async (directory) => {
      const { commit } = this;
      const tree = join(directory, 'tree');
      await mkdir(tree);
      if (commit === undefined || paths.length === 0) return use(tree);
      const list = join(directory, 'paths');
      await writeFile(list, paths.map((path) => `${path === '' ? '.' : path}\0`).join(''));
      await asUserError(this.top, async () => {
        const git = readingGit(tree, {
          GIT_DIR: await this.#git('rev-parse', '--absolute-git-dir'),
          GIT_WORK_TREE: tree,
          GIT_INDEX_FILE: join(directory, 'index'),
        });
        // All of the commit, for the attributes of files that folders above have.
        await git('read-tree', commit);
        await git('checkout', '--quiet', `--pathspec-from-file=${list}`, '--pathspec-file-nul');
      });
      return use(tree);
    });
  }
}

async function asUserError<T>(top: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof GitFailure ? error.toUserError(top) : error;
  }
}
