import { dirname } from 'node:path';
import type { ArchiveInfo } from '../../archive/archive.ts';
import { readArchives } from '../../archive/read-archives.ts';
import type { Problem } from '../../errors.ts';
import type { Progress } from '../../progress.ts';
import { createEntry, timestamp } from '../index-file/entry.ts';
import type { ListedFiles } from '../index-file/listed-files.ts';
import type { IndexDocument, IndexEdit, IndexedEntry } from '../index-file/types.ts';
import { findListing, type Listing, namedIndexes } from '../listing.ts';
import { planVersions } from '../plan.ts';
import { readRetiredIndex, RETIRED_INDEX } from '../retired-index.ts';
import { chartUrl } from '../url.ts';
import { compareEntries } from './compare-entries.ts';
import type { Correction } from './correct-entries.ts';
import type { DirectoryIndex } from './directory-index.ts';
import { findArchives } from './find-archives.ts';
import type { IndexDirectoryResult, IndexedArchive, ListedVersion } from './index-result.ts';
import { planMerge, readMerge } from './merge-index.ts';
import { filesOfEntry, filesOfIndex } from '../index-file/named-files.ts';

export interface PlanIndexOptions {
  progress: Progress;
  /** Put in front of the names of the archives in new entries. */
  base: URL | undefined;
  /** Another index whose entries are taken over. */
  merge: string | undefined;
  /** Look at every archive, and correct entries that say something else. */
  rebuild: boolean;
}

/** What is to be done to an index. */
export interface IndexPlan {
  edits: IndexEdit[];
  result: Omit<IndexDirectoryResult, 'changed'>;
}

/** Fewer archives are read in less time than what is known of all others. */
const WORTH_REMEMBERING = 100;
const NO_CORRECTION: Correction = { corrected: [], withoutArchive: [] };

/** Paths of those archives that have to be looked at, sorted. */
async function archivesToRead(
  directory: string,
  { listed, retired }: { listed: ListedFiles; retired: IndexDocument | undefined },
  rebuild: boolean,
): Promise<string[]> {
  const hidden = retired ? filesOfIndex(retired, dirname(RETIRED_INDEX)) : new Set<string>();
  const paths = await findArchives(directory);
  return paths.filter((path) => (listed.has(path) ? rebuild : !hidden.has(path))).toSorted();
}

function indexedArchive({ name, version, digest, fileName }: ArchiveInfo): IndexedArchive {
  return { name, version, digest, file: fileName };
}

/** But for those whose archive is there and cannot be read, which is told. */
function lackingArchives(
  entries: readonly IndexedEntry[],
  unreadable: readonly Problem[],
): ListedVersion[] {
  const files = new Set(unreadable.map(({ file }) => file));
  return entries
    .filter((entry) => !filesOfEntry(entry, '').some((file) => files.has(file)))
    .map(({ chart, version = '' }) => ({ name: chart, version }));
}

/**
 * What the index of a folder lacks, and with `rebuild` what is wrong in it.
 * @throws UserError VERSION_EXISTS, INDEX_INVALID, USAGE, FILE_SYSTEM; system errors.
 */
export async function planIndex(
  directory: string,
  { document, problems, listed, exists }: DirectoryIndex,
  { progress, base, merge, rebuild }: PlanIndexOptions,
): Promise<IndexPlan> {
  const other = merge === undefined ? undefined : await readMerge(merge, directory);
  const retired = await readRetiredIndex(directory);
  const paths = await archivesToRead(directory, { listed, retired }, rebuild);
  const cache = paths.length >= WORTH_REMEMBERING;
  const { archives, unreadable } = await readArchives(directory, paths, { progress, cache });
  const { corrected, withoutArchive } = rebuild
    ? await compareEntries(document, archives)
    : NO_CORRECTION;
  const merging = other && planMerge(document, other.document, retired);
  const indexes = namedIndexes(document, { retired, merged: other?.document });
  const corrections = new Map(corrected.map(({ archive }) => [archive, listingOf(archive)]));
  const { additions, warnings } = planVersions(archives, {
    find: (archive) => corrections.get(archive) ?? findListing(archive, indexes),
    digests: new Map(archives.map(({ fileName, digest }) => [fileName, digest])),
  });
  const created = timestamp();
  const added = additions.map((archive): IndexEdit => ({
    kind: 'add',
    chart: archive.name,
    // Made when it is written: those of thousands would take much memory.
    get entry() {
      return createEntry(archive, chartUrl(archive.fileName, base), created);
    },
  }));
  return {
    edits: [
      // A new index is written though it holds nothing.
      ...(exists ? [] : [{ kind: 'head' as const, field: 'generated', value: created }]),
      ...corrected.map(({ edit }) => edit),
      ...(merging?.edits ?? []),
      ...added,
    ],
    result: {
      added: additions.map(indexedArchive),
      merged: merging?.merged ?? [],
      corrected: corrected.map(({ archive }) => indexedArchive(archive)),
      withoutArchive: lackingArchives(withoutArchive, unreadable),
      unreadable,
      warnings: [
        ...problems,
        ...(other?.problems ?? []),
        ...(merging?.warnings ?? []),
        ...warnings,
      ],
    },
  };
}

/** What the index says of an archive once it is corrected. */
function listingOf({ digest }: ArchiveInfo): Listing {
  return { digests: [digest], where: 'the index has it', isRetired: false };
}
