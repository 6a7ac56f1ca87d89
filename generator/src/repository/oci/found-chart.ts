import type { ChartArchive } from '../../archive/archive.ts';
import { mapPool } from '../../map-pool.ts';
import type { RegistryClient } from '../../registry/client.ts';
import type { RegistryReference } from '../../registry/reference.ts';
import { type ChartPlace, placeOf } from './chart-place.ts';
import { type PublishedTag, readTag } from './tag.ts';

/** How many charts are looked at or pushed at once. */
export const CHARTS_AT_ONCE = 6;

/** An archive, and what a registry has in its place. */
export interface FoundChart {
  archive: ChartArchive;
  place: ChartPlace;
  /** Undefined where nothing is there. */
  tag: PublishedTag | undefined;
}

/**
 * Looks at what a registry has of archives.
 * @throws UserError CHART_INVALID before anything is asked, DENIED, NETWORK
 */
export async function findPublished(
  client: RegistryClient,
  reference: RegistryReference,
  archives: readonly ChartArchive[],
): Promise<FoundChart[]> {
  const places = archives.map((archive) => ({ archive, place: placeOf(reference, archive) }));
  return mapPool(places, CHARTS_AT_ONCE, async ({ archive, place }) => ({
    archive,
    place,
    tag: await readTag(client, place),
  }));
}

/** Is an archive there, whatever is there with it? */
export function isPublished({ archive, tag }: FoundChart): boolean {
  return tag?.chart?.digest === archive.digest;
}
