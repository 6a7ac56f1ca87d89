import { UserError } from '../../errors.ts';
import type { GitHubClient } from './client.ts';
import type { Release } from './release.ts';

/** Refuses a release whose files stay as they are for ever. */
function assertChangeable(release: Release | undefined): void {
  if (release?.isImmutable !== true) return;
  throw new UserError('DENIED', `release ${release.tag} is immutable, and an index changes`, {
    next: 'Publish the index to a branch: github:owner/repository#gh-pages.',
  });
}

/**
 * The release that holds an index. Where it is not there, one that would be immutable is refused.
 * @throws RequestFailure; UserError DENIED
 */
export async function findIndexRelease(
  client: GitHubClient,
  tag: string,
): Promise<Release | undefined> {
  const release = await client.findRelease(tag);
  assertChangeable(release ?? (await client.listReleases()).find((other) => other.isImmutable));
  return release;
}

/**
 * The release that holds an index, made where it is missing.
 * @param place its tag, and the address that clients add.
 * @throws RequestFailure; UserError DENIED
 */
export async function openIndexRelease(
  client: GitHubClient,
  { tag, url }: { tag: string; url: string },
): Promise<Release> {
  const body = `The index of the charts: \`helm repo add NAME ${url}\``;
  const isIndex = { isDraft: false, isPrerelease: false, isLatest: false } as const;
  return (await findIndexRelease(client, tag)) ?? client.createRelease({ tag, body, ...isIndex });
}
