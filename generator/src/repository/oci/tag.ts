import type { ArchiveInfo } from '../../archive/archive.ts';
import { UserError } from '../../errors.ts';
import type { RegistryClient } from '../../registry/client.ts';
import type { Listing } from '../listing.ts';
import { type PublishedChart, readChartManifest } from './chart-artifact.ts';
import type { ChartPlace } from './chart-place.ts';

/** What a tag of a version names. */
export interface PublishedTag {
  /** SHA-256 of the manifest, `sha256:` and hex. */
  digest: string;
  /** Undefined for something that is no chart. */
  chart: PublishedChart | undefined;
}

/**
 * What is published as a version; undefined for nothing.
 * @throws UserError DENIED, NETWORK
 */
export async function readTag(
  client: RegistryClient,
  { repository, tag }: ChartPlace,
): Promise<PublishedTag | undefined> {
  const manifest = await client.readManifest(repository, tag);
  return manifest && { digest: manifest.digest, chart: readChartManifest(manifest) };
}

/** What a tag says of its version, as an index would. */
export function listingOf({ digest, chart }: PublishedTag): Listing {
  if (chart) return { digests: [chart.digest], where: 'the registry has it', isRetired: false };
  const where = 'its tag names what is no chart, known there';
  return { digests: [digest.replace(/^sha256:/, '')], where, isRetired: false };
}

/**
 * Is an archive published, by us or by another who pushes the same?
 * @throws UserError VERSION_EXISTS where something else is; DENIED, NETWORK
 */
export async function isPublished(
  client: RegistryClient,
  place: ChartPlace,
  { name, version, digest }: ArchiveInfo,
): Promise<boolean> {
  const present = await readTag(client, place);
  if (!present || present.chart?.digest === digest) return present !== undefined;
  const { digests, where } = listingOf(present);
  throw new UserError(
    'VERSION_EXISTS',
    `${place.url} was pushed by another meanwhile: ${name} ${version} is sha256:${digest}, ${where} as sha256:${digests[0] ?? ''}`,
    {
      next: 'Find out who pushes the same version. A published version never changes: raise `version`.',
    },
  );
}
