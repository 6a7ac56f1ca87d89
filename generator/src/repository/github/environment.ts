import { UserError } from '../../errors.ts';
import type { RepositoryName } from './api.ts';

/** As GitHub writes it. */
export function fullName({ owner, repo }: RepositoryName): string {
  return `${owner}/${repo}`;
}

/**
 * The token of GITHUB_TOKEN.
 * @param pullRequest is it to make pull requests too?
 * @throws UserError DENIED where there is none.
 */
export function requireToken(
  { GITHUB_TOKEN: token = '' }: NodeJS.ProcessEnv,
  repository: RepositoryName,
  pullRequest: boolean,
): string {
  if (token !== '') return token;
  const permissions = pullRequest
    ? 'permissions `contents: write` and `pull-requests: write`'
    : 'permission `contents: write`';
  throw new UserError('DENIED', 'GITHUB_TOKEN is not set, and GitHub changes nothing without one', {
    next: `Set it to a token with the ${permissions} on ${fullName(repository)}.`,
  });
}

/** The commit that an action runs on, where that is in this repository. */
export function actionCommit(
  { GITHUB_REPOSITORY: running = '', GITHUB_SHA: commit = '' }: NodeJS.ProcessEnv,
  repository: RepositoryName,
): string | undefined {
  const isHere = running.toLowerCase() === fullName(repository).toLowerCase();
  return isHere && commit !== '' ? commit : undefined;
}
