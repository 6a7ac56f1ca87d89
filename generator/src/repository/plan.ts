import type { ArchiveInfo } from '../archive/archive.ts';
import type { Problem } from '../errors.ts';
import { conflictOf, problemOf, versionsExist } from './conflict.ts';
import type { Listing } from './listing.ts';
import type { PlannedArchive, PlannedOverwrite } from './store.ts';

/** What is where archives are published to. */
export interface Present {
  /** What the indexes say of the version of an archive; undefined where none lists it. */
  find: (archive: ArchiveInfo) => Listing | undefined;
  /** Digests of the files that are there under the names of the archives. */
  digests: ReadonlyMap<string, string>;
  /** May an archive take the place of other bytes? Where absent none may. */
  mayOverwrite?: (archive: ArchiveInfo) => boolean;
}

/** An archive that takes the place of another. */
export interface Overwrite {
  archive: ArchiveInfo;
  /** SHA-256 of what is there, plain hex; undefined where it is listed without. */
  replaces: string | undefined;
}

/** What has to be done so that archives are published. */
export interface VersionPlan {
  /** Whose files are not there. */
  uploads: ArchiveInfo[];
  /** That no index lists. */
  additions: ArchiveInfo[];
  /** That are there with other bytes. */
  overwrites: Overwrite[];
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

/** An overwritten version as plans show it. */
export function plannedOverwrite(
  { archive, replaces }: Overwrite,
  losesProvenance: boolean,
): PlannedOverwrite {
  return { ...plannedArchive(archive), replaces: replaces ?? null, losesProvenance };
}

/** Each version once; the same version, or the same file name, with other bytes is a problem. */
function unique(archives: readonly ArchiveInfo[], problems: Problem[]): ArchiveInfo[] {
  const known = new Map<string, ArchiveInfo>();
  return archives.filter((archive) => {
    const keys = [`${archive.name} ${archive.version}`, archive.fileName];
    const [other] = keys.flatMap((key) => known.get(key) ?? []);
    for (const key of keys) known.set(key, other ?? archive);
    if (other && other.digest !== archive.digest)
      problems.push(
        problemOf(archive, { where: `${other.fileName} comes with it`, digest: other.digest }),
      );
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
  { find, digests, mayOverwrite = () => false }: Present,
): VersionPlan {
  const problems: Problem[] = [];
  const plan: VersionPlan = {
    uploads: [],
    additions: [],
    overwrites: [],
    unchanged: [],
    warnings: [],
  };
  for (const archive of unique(archives, problems)) {
    const listing = find(archive);
    const onDisk = digests.get(archive.fileName);
    const conflict = conflictOf(archive, onDisk, listing);
    // What is retired is out of reach of those who publish.
    const isOverwritten = conflict && listing?.isRetired !== true && mayOverwrite(archive);
    if (isOverwritten) plan.overwrites.push({ archive, replaces: conflict.digest });
    else if (conflict) problems.push(problemOf(archive, conflict));
    if (onDisk !== archive.digest) plan.uploads.push(archive);
    if (!listing) plan.additions.push(archive);
    else if (onDisk !== undefined && !isOverwritten) plan.unchanged.push(archive);
    if (listing?.isRetired === true) plan.warnings.push(retiredWarning(archive));
  }
  if (problems.length > 0) throw versionsExist(problems);
  return plan;
}
