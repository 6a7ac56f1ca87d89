import type { ArchiveInfo } from '../archive/archive.ts';
import { UserError, type Problem } from '../errors.ts';
import type { Listing } from './listing.ts';
import type { PlannedArchive } from './store.ts';

/** What is where archives are published to. */
export interface Present {
  /** What the indexes say of the version of an archive; undefined where none lists it. */
  find: (archive: ArchiveInfo) => Listing | undefined;
  /** Digests of the files that are there under the names of the archives. */
  digests: ReadonlyMap<string, string>;
}

/** What has to be done so that archives are published. */
export interface VersionPlan {
  /** Whose files are not there. */
  uploads: ArchiveInfo[];
  /** That no index lists. */
  additions: ArchiveInfo[];
  /** Of which nothing is missing. */
  unchanged: ArchiveInfo[];
  warnings: Problem[];
}

/** An archive as plans show it. */
export function plannedArchive({
  name,
  version,
  fileName,
  digest,
  size,
}: ArchiveInfo): PlannedArchive {
  return { name, version, fileName, digest, size };
}

function conflict(
  { name, version, digest, fileName }: ArchiveInfo,
  where: string,
  other?: string,
): Problem {
  const published = other === undefined ? 'without a digest' : `as sha256:${other}`;
  return {
    message: `${name} ${version} is sha256:${digest}, ${where} ${published}`,
    file: fileName,
  };
}

/** Why an archive must not be published over what is there. */
function conflictOf(
  archive: ArchiveInfo,
  onDisk: string | undefined,
  listing: Listing | undefined,
): Problem | undefined {
  if (onDisk !== undefined && onDisk !== archive.digest)
    return conflict(archive, 'the repository has its file', onDisk);
  if (listing === undefined || listing.digests.includes(archive.digest)) return undefined;
  // An index made by hand may lack digests; the file itself, equal here, then tells.
  if (onDisk !== undefined && listing.digests.includes(undefined)) return undefined;
  return conflict(archive, listing.where, listing.digests[0]);
}

/** Each version once; the same version, or the same file name, with other bytes is a problem. */
function unique(archives: readonly ArchiveInfo[], problems: Problem[]): ArchiveInfo[] {
  const known = new Map<string, ArchiveInfo>();
  return archives.filter((archive) => {
    const keys = [`${archive.name} ${archive.version}`, archive.fileName];
    const [other] = keys.flatMap((key) => known.get(key) ?? []);
    for (const key of keys) known.set(key, other ?? archive);
    if (other && other.digest !== archive.digest)
      problems.push(conflict(archive, `${other.fileName} comes with it`, other.digest));
    return other === undefined;
  });
}

function retiredWarning({ name, version, fileName }: ArchiveInfo): Problem {
  return {
    message: `${name} ${version} is retired and stays out of the index that clients read`,
    file: fileName,
  };
}

/**
 * What has to be done so that the archives are published, and nothing else changes.
 * @throws UserError VERSION_EXISTS with every version that is there with other bytes.
 */
export function planVersions(
  archives: readonly ArchiveInfo[],
  { find, digests }: Present,
): VersionPlan {
  const problems: Problem[] = [];
  const plan: VersionPlan = { uploads: [], additions: [], unchanged: [], warnings: [] };
  for (const archive of unique(archives, problems)) {
    const listing = find(archive);
    const onDisk = digests.get(archive.fileName);
    const problem = conflictOf(archive, onDisk, listing);
    if (problem) problems.push(problem);
    if (onDisk === undefined) plan.uploads.push(archive);
    if (!listing) plan.additions.push(archive);
    else if (onDisk !== undefined) plan.unchanged.push(archive);
    if (listing?.isRetired === true) plan.warnings.push(retiredWarning(archive));
  }
  if (problems.length === 0) return plan;
  const next =
    'A published version never changes: raise `version` in charts-src/charts/<chart>/chart.yaml and generate again (for charts that are not generated: in Chart.yaml, and pack again); or take the wrong archive away.';
  throw new UserError(
    'VERSION_EXISTS',
    'nothing was written: the same versions come with different bytes',
    { problems, next },
  );
}
