import type { ArchiveInfo } from '../archive/archive.ts';
import { type Problem, UserError } from '../errors.ts';
import type { Listing } from './listing.ts';

/** Other bytes that are published as a version. */
export interface Conflict {
  /** To follow "demo 1.0.0 is sha256:…, ". */
  where: string;
  digest: string | undefined;
}

/** A conflict as users are told of it, with both digests. */
export function problemOf(
  { name, version, digest, fileName }: ArchiveInfo,
  { where, digest: other }: Conflict,
): Problem {
  const published = other === undefined ? 'without a digest' : `as sha256:${other}`;
  return {
    message: `${name} ${version} is sha256:${digest}, ${where} ${published}`,
    file: fileName,
  };
}

/**
 * What an archive would be published over; undefined for nothing, or the same bytes.
 * @param onDisk digest of the file of its name, undefined where there is none.
 */
export function conflictOf(
  { digest }: ArchiveInfo,
  onDisk: string | undefined,
  listing: Listing | undefined,
): Conflict | undefined {
  if (onDisk !== undefined && onDisk !== digest)
    return { where: 'the repository has its file', digest: onDisk };
  if (listing === undefined || listing.digests.includes(digest)) return undefined;
  // An index made by hand may lack digests; the file itself, equal here, then tells.
  if (onDisk !== undefined && listing.digests.includes(undefined)) return undefined;
  return { where: listing.where, digest: listing.digests[0] };
}

/** What stops everything: versions that are there with other bytes. */
export function versionsExist(problems: readonly Problem[]): UserError {
  const next =
    'A published version never changes: raise `version` in charts-src/charts/<chart>/chart.yaml and generate again (for charts that are not generated: in Chart.yaml, and pack again); or take the wrong archive away.';
  return new UserError(
    'VERSION_EXISTS',
    'nothing was written: the same versions come with different bytes',
    { problems, next },
  );
}
