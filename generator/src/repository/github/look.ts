import type { ChartArchive } from '../../archive/archive.ts';
import { mapPool } from '../../map-pool.ts';
import type { GitHubClient } from './client.ts';
import { onceEach } from './lacking-archives.ts';
import { tagOf } from './notes.ts';
import { type Presence, readPresence } from './presence.ts';
import type { Release } from './release.ts';

/** How many releases are looked at at once. */
const RELEASES_AT_ONCE = 4;

/** What is at GitHub. */
export interface Found {
  /** Of all published releases. */
  tags: ReadonlySet<string>;
  /** By name of the archive. */
  presences: Map<string, Presence>;
}

/**
 * Looks at all releases of a repository, and at the files of those that are to hold archives.
 * @throws RequestFailure; UserError PROVENANCE_INVALID
 */
export async function lookAt(
  client: GitHubClient,
  archives: readonly ChartArchive[],
): Promise<Found> {
  const releases = new Map<string, Release>();
  for (const release of await client.listReleases())
    if (!release.isDraft) releases.set(release.tag, release);
  const pairs = await mapPool(onceEach(archives), RELEASES_AT_ONCE, async (archive) => {
    const presence = await readPresence(client, archive, releases.get(tagOf(archive)));
    return [archive.fileName, presence] as const;
  });
  return { tags: new Set(releases.keys()), presences: new Map(pairs) };
}
