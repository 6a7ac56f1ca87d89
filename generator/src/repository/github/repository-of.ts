import { UserError } from '../../errors.ts';
import { type GitTarget, nameOfTarget } from '../git/target.ts';
import type { RepositoryName } from './api.ts';
import { serversOf } from './servers.ts';

/** As GitHub's addresses of repositories end. */
const PATH = /^\/(?<owner>[^/]+)\/(?<repo>[^/]+?)(?:\.git)?\/?$/;

/**
 * The repository on GitHub, or on the GitHub Enterprise server that GITHUB_SERVER_URL names, that a
 * branch is in.
 * @throws UserError USAGE for a branch on another server.
 */
export function repositoryOf(target: GitTarget, environment: NodeJS.ProcessEnv): RepositoryName {
  const { url } = target;
  const server = new URL(serversOf(environment).server);
  const isThere =
    url.protocol === 'ssh:' ? url.hostname === server.hostname : url.origin === server.origin;
  const { owner, repo } = PATH.exec(url.pathname)?.groups ?? {};
  if (isThere && owner !== undefined && repo !== undefined) return { owner, repo };
  throw new UserError(
    'USAGE',
    `${nameOfTarget(target)} is not on ${server.origin}, which alone has pull requests`,
    {
      next: 'Leave --pull-request out and publish to a branch of its own, such as #charts, which that server can merge; for GitHub Enterprise set GITHUB_SERVER_URL.',
    },
  );
}
