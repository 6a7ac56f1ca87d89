import type { ChartArchive } from '../../archive/archive.ts';
import { sha256 } from '../../files/digest.ts';
import { RequestFailure } from '../../network/failure.ts';
import type { Progress } from '../../progress.ts';
import { provenanceName } from '../../provenance/provenance-file.ts';
import type { GitHubClient } from './client.ts';
import { digestOf } from './presence.ts';
import type { Asset, Release } from './release.ts';

/**
 * Uploads what a release lacks, and reads it back. What was uploaded in part is replaced, and in a
 * draft what has other bytes.
 * @throws RequestFailure
 */
export async function fillRelease(
  client: GitHubClient,
  release: Release,
  archive: ChartArchive,
  progress: Progress,
): Promise<void> {
  const { fileName, bytes, provenance } = archive;
  const assets = await client.listAssets(release.id);
  const files = [{ name: fileName, bytes }];
  // What vouches for an archive comes first, so that it is there when the archive is found.
  if (provenance) files.unshift({ name: provenanceName(fileName), bytes: provenance });
  let uploads = 0;
  for (const file of files) {
    const asset = assets.find(({ name }) => name === file.name);
    if (asset && (await isRight(client, asset, file.bytes, release))) continue;
    if (asset) await client.deleteAsset(asset.id);
    progress(`uploading ${file.name}`);
    await client.upload(release, file.name, file.bytes);
    uploads += 1;
  }
  if (uploads > 0) await checkFiles(client, release, files);
}

async function isRight(
  client: GitHubClient,
  asset: Asset,
  bytes: Uint8Array,
  { isDraft }: Release,
): Promise<boolean> {
  if (!asset.isWhole) return false;
  // Those of a published release were looked at before: provenance there may be another's.
  return (
    !isDraft || (asset.size === bytes.length && (await digestOf(client, asset)) === sha256(bytes))
  );
}

/** Reads back what was uploaded. */
async function checkFiles(
  client: GitHubClient,
  release: Release,
  files: readonly { name: string; bytes: Uint8Array }[],
): Promise<void> {
  const assets = await client.listAssets(release.id);
  for (const { name, bytes } of files) {
    const asset = assets.find((present) => present.name === name);
    if (asset && (await isRight(client, asset, bytes, release))) continue;
    const url = new URL(release.uploadUrl.replace(/\{.*$/, ''));
    throw new RequestFailure(url, `was given ${name} and does not have it whole`, {
      isTransient: true,
    });
  }
}
