import type { ChartArchive } from '../../archive/archive.ts';
import { MAX_CHART_SIZE } from '../../archive/limits.ts';
import { UserError } from '../../errors.ts';
import { sha256 } from '../../files/digest.ts';
import { MAX_PROVENANCE_SIZE, provenanceName } from '../../provenance/provenance-file.ts';
import type { GitHubClient } from './client.ts';
import { tagOf } from './notes.ts';
import type { Asset, Release } from './release.ts';

/** What GitHub has of an archive. */
export interface Presence {
  /** The published release of its version. */
  release: Release | undefined;
  /** SHA-256 of the file of its name, plain hex; undefined where there is none. */
  digest: string | undefined;
  /** Is there provenance that vouches for it? Not looked for where the archive has none. */
  hasProvenance: boolean;
}

/** SHA-256 of a file, by GitHub's word or by its bytes. */
export async function digestOf(client: GitHubClient, asset: Asset): Promise<string> {
  return asset.digest ?? sha256(await client.download(asset, MAX_CHART_SIZE));
}

/**
 * Looks at what a release has of an archive.
 * @throws RequestFailure; UserError PROVENANCE_INVALID where provenance of another archive is there.
 */
export async function readPresence(
  client: GitHubClient,
  archive: ChartArchive,
  release: Release | undefined,
): Promise<Presence> {
  const assets = release ? await client.listAssets(release.id) : [];
  const whole = (file: string) => assets.find(({ name, isWhole }) => isWhole && name === file);
  const file = whole(archive.fileName);
  const provenance = archive.provenance && whole(provenanceName(archive.fileName));
  if (provenance) await assertVouchedFor(client, provenance, archive);
  return {
    release,
    digest: file && (await digestOf(client, file)),
    hasProvenance: provenance !== undefined,
  };
}

/** One that vouches for the archive stays, whoever signed it: a published signature never changes. */
async function assertVouchedFor(
  client: GitHubClient,
  asset: Asset,
  archive: ChartArchive,
): Promise<void> {
  if (archive.provenance && asset.digest === sha256(archive.provenance)) return;
  const provenance = await client.download(asset, MAX_PROVENANCE_SIZE);
  // Loaded here because it takes a while and most archives are not signed.
  const { checkStatement } = await import('../../provenance/verify.ts');
  try {
    checkStatement(provenance, archive);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(
      'PROVENANCE_INVALID',
      `${asset.name} in its release is about another archive: ${error.message}`,
      { next: 'Delete that file of the release, and run it again.', cause: error },
    );
  }
}

/** Names of the files that a release lacks. */
export function lackingFiles(
  { fileName, provenance }: ChartArchive,
  { digest, hasProvenance }: Presence,
): string[] {
  return [
    ...(digest === undefined ? [fileName] : []),
    ...(provenance && !hasProvenance ? [provenanceName(fileName)] : []),
  ];
}

/** @throws UserError VERSION_EXISTS where a release has other bytes. */
export function assertSame({ name, version, digest }: ChartArchive, present: Presence): void {
  if (present.digest === undefined || present.digest === digest) return;
  throw new UserError(
    'VERSION_EXISTS',
    `${name} ${version} was released by another meanwhile: it is sha256:${digest}, the release has sha256:${present.digest}`,
    {
      next: 'Find out who releases the same version. A published version never changes: raise `version`.',
    },
  );
}

/**
 * Refuses to add files to a release that is immutable.
 * @throws UserError DENIED
 */
export function assertTakesFiles(archive: ChartArchive, presence: Presence): void {
  const [lacking] = lackingFiles(archive, presence);
  if (lacking === undefined || presence.release?.isImmutable !== true) return;
  throw new UserError(
    'DENIED',
    `release ${tagOf(archive)} is immutable, and does not have ${lacking}`,
    { next: 'Raise `version`: no file can be added to that release any more.' },
  );
}
