import { UserError } from '../../errors.ts';

/** A repository on GitHub, and where the index is. */
export interface GitHubTarget {
  owner: string;
  repo: string;
  /** Of the pages, with a folder as `git+…#` targets have it; empty for the usual one. */
  branch: string;
  /** Of the release that has the index as a file; undefined where a branch has it. */
  tag: string | undefined;
}

/** Names as GitHub allows them; neither `.` nor `..` is a repository. */
const TARGET =
  /^github:(?<owner>[a-z\d](?:[\w-]{0,99}))\/(?<repo>(?!\.{1,2}(?:[#@]|$))[\w.-]{1,100})(?:#(?<branch>.*)|@(?<tag>\w[\w.-]{0,99}))?$/is;

/**
 * Reads `github:<owner>/<repo>#<branch>` and `github:<owner>/<repo>@<tag>`.
 * @throws UserError USAGE
 */
export function parseGitHubTarget(text: string): GitHubTarget {
  const { owner, repo, branch = '', tag } = TARGET.exec(text)?.groups ?? {};
  if (owner !== undefined && repo !== undefined) return { owner, repo, branch, tag };
  throw new UserError('USAGE', `${JSON.stringify(text)} is no repository on GitHub`, {
    next: 'Write it as github:owner/repository, github:owner/repository#branch where the index is not on gh-pages, or github:owner/repository@tag where it is a file of a release.',
  });
}
