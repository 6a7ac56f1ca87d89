import type { ArchiveInfo } from '../../archive/archive.ts';
import { UserError } from '../../errors.ts';
import type { Descriptor } from '../../registry/artifact.ts';
import type { RegistryClient } from '../../registry/client.ts';
import { readManifest } from '../../registry/manifests.ts';
import type { Listing } from '../listing.ts';
import { type PublishedChart, readChartManifest } from './chart-artifact.ts';
import type { ChartPlace } from './chart-place.ts';

/** What a tag of a version names. */
export interface PublishedTag {
  manifest: Descriptor;
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
  const manifest = await readManifest(client, repository, tag);
  if (!manifest) return undefined;
  const { mediaType, digest, bytes } = manifest;
  return {
    manifest: { mediaType, digest, size: bytes.length },
    chart: readChartManifest(manifest),
  };
}

/** What a tag says of its version, as an index would. */
export function listingOf({ manifest, chart }: PublishedTag): Listing {
  if (chart) return { digests: [chart.digest], where: 'the registry has it', isRetired: false };
  const where = 'its tag names what is no chart, known there';
  return { digests: [manifest.digest.replace(/^sha256:/, '')], where, isRetired: false };
}

/**
 * What an archive is published as, by us or by another who pushes the same; undefined where it is not.
 * @param replaced digest of the manifest that it is to take the place of.
 * @throws UserError VERSION_EXISTS where something else is there; DENIED, NETWORK
 */
export async function readPublished(
  client: RegistryClient,
  place: ChartPlace,
  { name, version, digest }: ArchiveInfo,
  replaced: string | undefined,
): Promise<PublishedTag | undefined> {
  const present = await readTag(client, place);
  if (!present || present.manifest.digest === replaced) return undefined;
  if (present.chart?.digest === digest) return present;
  const { digests, where } = listingOf(present);
  throw new UserError(
    'VERSION_EXISTS',
    `${place.url} was pushed by another meanwhile: ${name} ${version} is sha256:${digest}, ${where} as sha256:${digests[0] ?? ''}`,
    {
      next: 'Find out who pushes the same version. A published version never changes: raise `version`.',
    },
  );
}
