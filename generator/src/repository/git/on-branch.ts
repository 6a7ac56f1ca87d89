import { join, sep } from 'node:path';
import { fileSystemError, UserError } from '../../errors.ts';
import { withTemporaryDirectory } from '../../files/temporary.ts';
import { BranchCopy } from './branch-copy.ts';
import { gitEnvironment } from '../../git/environment.ts';
import { GitFailure } from '../../git/failure.ts';
import { type Git, gitIn, requireGit } from '../../git/git.ts';
import { renamedError } from '../renamed.ts';
import { sparsePatterns } from './sparse-patterns.ts';
import { type GitTarget, nameOfTarget } from './target.ts';

/** A copy of files of a branch, and what to call them. */
export interface OpenBranch {
  copy: BranchCopy;
  /** The folder of the copy that holds the target's files. */
  directory: string;
  /** A text with the copy's paths as the branch's. */
  rename: (text: string) => string;
}

function toUserError(error: unknown, target: GitTarget, rename: (text: string) => string): unknown {
  if (error instanceof GitFailure) return error.toUserError(nameOfTarget(target));
  if (!(error instanceof UserError))
    return fileSystemError(error, `working on a copy of ${nameOfTarget(target)}`);
  return renamedError(error, rename);
}

async function requireBranchName(git: Git, branch: string): Promise<void> {
  await git('check-ref-format', `refs/heads/${branch}`).catch((error: unknown) => {
    // Of a name it says no without a word.
    if (!(error instanceof GitFailure) || error.output !== '') throw error;
    throw new UserError('USAGE', `git takes ${JSON.stringify(branch)} for no name of a branch`, {
      next: 'Write the branch behind #, such as #gh-pages, or #gh-pages:charts for a folder on it.',
    });
  });
}

/**
 * Works on some files of a branch in a temporary folder; nothing of the user's own is touched.
 * @param files paths in the target's folder.
 * @throws UserError TOOL_MISSING, USAGE for a branch of a name that git does not take; what `use`
 *   throws, a GitFailure as a UserError and paths named as those of the branch.
 */
export function onBranch<T>(
  target: GitTarget,
  files: readonly string[],
  environment: NodeJS.ProcessEnv,
  use: (branch: OpenBranch) => Promise<T>,
): Promise<T> {
  return withTemporaryDirectory(async (temporary) => {
    const tree = join(temporary, 'tree');
    const [repository, index] = [join(temporary, 'repository'), join(temporary, 'index')];
    const folder = { repository, index, tree };
    const git = gitIn(temporary, gitEnvironment(folder, target.url, environment));
    const name = nameOfTarget(target);
    const rename = (text: string) =>
      text.replaceAll(`${tree}${sep}`, `${name}:`).replaceAll(tree, name);
    const patterns = sparsePatterns(target.folder, files);
    const copy = new BranchCopy(git, folder, { ...target, url: target.url.href, patterns });
    try {
      await requireGit(git);
      await requireBranchName(git, target.branch);
      return await use({ copy, directory: join(tree, target.folder), rename });
    } catch (error) {
      throw toUserError(error, target, rename);
    }
  });
}
