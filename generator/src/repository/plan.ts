import type { ArchiveInfo } from '../archive/archive.ts';
import { isMapping } from '../archive/metadata-shape.ts';
import { UserError, type Problem } from '../errors.ts';
import { createEntry, findEntries } from './index-file/edit.ts';
import type { RepositoryIndex } from './index-file/index-file.ts';
import type { PlannedArchive, PublishPlan } from './store.ts';

/** What is where archives are published to. */
export interface Present {
  index: RepositoryIndex;
  /** Digests of the files that are there under the names of the archives. */
  digests: ReadonlyMap<string, string>;
}

export interface PlanOptions {
  /** Where clients find a file. */
  url: (fileName: string) => string;
  /** `created` of new entries. */
  created: string;
}

function planned({ name, version, fileName, digest, size }: ArchiveInfo): PlannedArchive {
  return { name, version, fileName, digest, size };
}

/** Digests that the index has for a version; Helm strips a `sha256:` in front. */
function listedDigests(
  index: RepositoryIndex,
  { name, version }: ArchiveInfo,
): (string | undefined)[] {
  return findEntries(index, name, version).map((entry) => {
    const digest = isMapping(entry) ? entry.digest : undefined;
    return typeof digest === 'string' ? digest.replace(/^sha256:/, '') : undefined;
  });
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
function conflictOf(archive: ArchiveInfo, { index, digests }: Present): Problem | undefined {
  const onDisk = digests.get(archive.fileName);
  if (onDisk !== undefined && onDisk !== archive.digest)
    return conflict(archive, 'the repository has its file', onDisk);
  const listed = listedDigests(index, archive);
  if (listed.length === 0 || listed.includes(archive.digest)) return undefined;
  // An index made by hand may lack digests; the file itself, equal here, then tells.
  if (onDisk !== undefined && listed.includes(undefined)) return undefined;
  return conflict(archive, 'the index has it', listed[0]);
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

/**
 * What has to be done so that the archives are published, and nothing else changes.
 * @throws UserError VERSION_EXISTS with every version that is there with other bytes.
 */
export function planPublish(
  archives: readonly ArchiveInfo[],
  present: Present,
  { url, created }: PlanOptions,
): Omit<PublishPlan, 'warnings'> {
  const problems: Problem[] = [];
  const plan: Omit<PublishPlan, 'warnings'> = { uploads: [], additions: [], unchanged: [] };
  for (const archive of unique(archives, problems)) {
    const problem = conflictOf(archive, present);
    if (problem) problems.push(problem);
    const isThere = present.digests.has(archive.fileName);
    const isListed = findEntries(present.index, archive.name, archive.version).length > 0;
    if (!isThere) plan.uploads.push(planned(archive));
    if (!isListed) plan.additions.push(createEntry(archive, url(archive.fileName), created));
    if (isThere && isListed) plan.unchanged.push(planned(archive));
  }
  if (problems.length === 0) return plan;
  const next =
    'A published version never changes: raise `version` in charts-src/charts/<chart>/chart.yaml and generate again (for charts that are not generated: in Chart.yaml), then publish again.';
  throw new UserError(
    'VERSION_EXISTS',
    'nothing was written: versions are there already with other bytes',
    { problems, next },
  );
}
