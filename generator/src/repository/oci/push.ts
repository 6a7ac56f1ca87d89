import type { ChartArchive } from '../../archive/archive.ts';
import { UserError } from '../../errors.ts';
import type { RegistryClient } from '../../registry/client.ts';
import { ARTIFACT_HUB_TAG, artifactHubArtifact } from './artifact-hub-artifact.ts';
import { chartArtifact } from './chart-artifact.ts';
import type { ChartPlace } from './chart-place.ts';
import { isPublished } from './tag.ts';

/**
 * Pushes a chart: what its manifest names, then the tag, which is looked at before and after.
 * @throws UserError VERSION_EXISTS where another has pushed something else meanwhile; DENIED, NETWORK
 */
export async function pushChart(
  client: RegistryClient,
  place: ChartPlace,
  archive: ChartArchive,
): Promise<void> {
  const { repository, tag, url } = place;
  const { blobs, manifest } = chartArtifact(archive);
  for (const blob of blobs) await client.writeBlob(repository, blob);
  const isThere = () => isPublished(client, place, archive);
  if (await isThere()) return;
  try {
    await client.writeManifest(repository, tag, manifest);
  } catch (error) {
    // Where tags never change, the second of two who push at once is refused.
    if (error instanceof UserError && (await isThere())) return;
    throw error;
  }
  if (await isThere()) return;
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
  const present = await client.readManifest(repository, ARTIFACT_HUB_TAG);
  if (present && Buffer.compare(present.bytes, manifest.bytes) === 0) return;
  for (const blob of blobs) await client.writeBlob(repository, blob);
  await client.writeManifest(repository, ARTIFACT_HUB_TAG, manifest);
}
