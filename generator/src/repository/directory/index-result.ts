import type { Problem } from '../../errors.ts';

/** A version in an index. */
export interface ListedVersion {
  name: string;
  version: string;
}

/** A version whose archive is in the folder. */
export interface IndexedArchive extends ListedVersion {
  digest: string;
  /** Path in the folder. */
  file: string;
}

/** What became of the index of a folder. */
export interface IndexDirectoryResult {
  /** What the index gains from archives. */
  added: IndexedArchive[];
  /** What the index gains from the other index. */
  merged: ListedVersion[];
  /** Entries that were not what their archives say. */
  corrected: IndexedArchive[];
  /** Entries that name no archive in the folder; told when every archive is looked at. */
  withoutArchive: ListedVersion[];
  /** False where the index stays the file it was. */
  changed: boolean;
  /** Archives that could not be read; the others are in the index. */
  unreadable: Problem[];
  /** What was found wrong in the indexes that were read, and what is retired; all stays as it is. */
  warnings: Problem[];
}
