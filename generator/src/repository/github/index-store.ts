import { UserError } from '../../errors.ts';
import { GitStore } from '../git/git-store.ts';
import type { Store } from '../store.ts';
import { AssetIndexStore } from './asset-index-store.ts';
import type { GitHubClient } from './client.ts';
import type { Presence } from './presence.ts';
import { PullRequests } from './pull-requests.ts';
import { ReleaseIndex } from './release-index.ts';
import type { GitHubTarget } from './target.ts';

/** What the index of a repository is published with. */
export interface IndexOptions {
  /** Of the repository on GitHub, without a slash at the end. */
  url: string;
  client: GitHubClient;
  /** Is a change of the branch to be proposed? */
  pullRequest: boolean;
  environment: NodeJS.ProcessEnv;
}

/** @throws UserError USAGE where a pull request is asked for and no branch changes. */
export function assertProposable({ tag }: GitHubTarget, pullRequest: boolean): void {
  if (tag === undefined || !pullRequest) return;
  throw new UserError(
    'USAGE',
    `the index in release ${tag} is on no branch, so no pull request can change it`,
    {
      next: 'Leave --pull-request out, or have the index on a branch: github:owner/repository#gh-pages.',
    },
  );
}

/** Where the index of a repository is: on a branch, or in a release. Archives are in releases. */
export function indexStore(
  target: GitHubTarget,
  presences: ReadonlyMap<string, Presence>,
  { url, client, pullRequest, environment }: IndexOptions,
): Store {
  const downloads = new URL(`${url}/releases/download`);
  const storeIn = (directory: string) => new ReleaseIndex(directory, downloads, presences);
  const { branch, tag } = target;
  if (tag !== undefined)
    return new AssetIndexStore(client, { tag, url: `${downloads.href}/${tag}` }, storeIn);
  return new GitStore(`git+${url}.git#${branch}`, {
    environment,
    ...(pullRequest && { proposals: new PullRequests(target, environment) }),
    storeIn,
  });
}
