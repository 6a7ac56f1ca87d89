import { UserError } from '../../errors.ts';

/** A repository on GitHub, and the branch of its pages. */
export interface GitHubTarget {
  owner: string;
  repo: string;
  /** Of the index, with a folder as `git+…#` targets have it; empty for the usual one. */
  branch: string;
}

/** Names as GitHub allows them; neither `.` nor `..` is a repository. */
const TARGET =
  /^github:(?<owner>[a-z\d](?:[\w-]{0,99}))\/(?<repo>(?!\.{1,2}(?:#|$))[\w.-]{1,100})(?:#(?<branch>.*))?$/is;

/**
 * Reads `github:<owner>/<repo>#<branch>`.
 * @throws UserError USAGE
 */
export function parseGitHubTarget(text: string): GitHubTarget {
  const { owner, repo, branch = '' } = TARGET.exec(text)?.groups ?? {};
  if (owner !== undefined && repo !== undefined) return { owner, repo, branch };
  throw new UserError('USAGE', `${JSON.stringify(text)} is no repository on GitHub`, {
    next: 'Write it as github:owner/repository, or github:owner/repository#branch where the index is not on gh-pages.',
  });
}
