import type { GitHubClient } from './client.ts';
import { isOurs } from './notes.ts';
import type { Presence } from './presence.ts';

/**
 * Removes the drafts that runs before this one have left, and those of runs that others overtook.
 * Only of versions that are released: their tags are taken, so that such a draft can never become
 * a release any more.
 * @throws RequestFailure
 */
export async function removeLeftovers(
  client: GitHubClient,
  presences: Iterable<Presence>,
): Promise<void> {
  const released = new Map<string, number>();
  for (const { release } of presences) if (release) released.set(release.tag, release.id);
  for (const { id, tag, isDraft, body } of await client.listReleases()) {
    if (!isDraft || !isOurs({ body }) || !released.has(tag) || released.get(tag) === id) continue;
    await client.deleteRelease(id);
  }
}
