import type { ChartArchive } from '../../archive/archive.ts';
import { UserError } from '../../errors.ts';
import { writeBlob } from '../../registry/blobs.ts';
import type { RegistryClient } from '../../registry/client.ts';
import { readManifest, writeManifest } from '../../registry/manifests.ts';
import { ARTIFACT_HUB_TAG, artifactHubArtifact } from './artifact-hub-artifact.ts';
import { chartArtifact } from './chart-artifact.ts';
import type { ChartPlace } from './chart-place.ts';
import { type PublishedTag, readPublished } from './tag.ts';

/**
 * Pushes a chart: what its manifest names, then the tag, which is looked at before and after.
 * @param replaced digest of the manifest that the tag may name, to be overwritten; undefined for none.
 * @returns what the tag names in the end.
 * @throws UserError VERSION_EXISTS where another has pushed something else meanwhile; DENIED, NETWORK
 */
export async function pushChart(
  client: RegistryClient,
  place: ChartPlace,
  archive: ChartArchive,
  replaced: string | undefined,
): Promise<PublishedTag> {
  const { repository, tag, url } = place;
  const { blobs, manifest } = chartArtifact(archive);
  for (const blob of blobs) await writeBlob(client, repository, blob);
  const published = () => readPublished(client, place, archive, replaced);
  const before = await published();
  if (before) return before;
  try {
    await writeManifest(client, repository, tag, manifest);
  } catch (error) {
    // Where tags never change, the second of two who push at once is refused.
    const present = error instanceof UserError ? await published() : undefined;
    if (present) return present;
    throw error;
  }
  const after = await published();
  if (after) return after;
  throw new UserError('NETWORK', `the registry took ${url} and has not got it`, {
    next: 'Run it again; if that does not help, ask those who run the registry.',
  });
}

/**
 * Has a repository say on Artifact Hub whose it is; one that says so already stays as it is.
 * @param metadata the content of artifacthub-repo.yml.
 * @throws UserError DENIED, NETWORK
 */
export async function pushArtifactHub(
  client: RegistryClient,
  repository: string,
  metadata: Uint8Array,
): Promise<void> {
  const { blobs, manifest } = artifactHubArtifact(metadata);
  const present = await readManifest(client, repository, ARTIFACT_HUB_TAG);
  if (present && Buffer.compare(present.bytes, manifest.bytes) === 0) return;
  for (const blob of blobs) await writeBlob(client, repository, blob);
  await writeManifest(client, repository, ARTIFACT_HUB_TAG, manifest);
}
