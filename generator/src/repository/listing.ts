import type { ArchiveInfo } from '../archive/archive.ts';
import { findEntries } from './index-file/entry.ts';
import type { IndexDocument } from './index-file/types.ts';

/** An index that a version can be listed in. */
export interface NamedIndex {
  document: IndexDocument;
  /** To follow "demo 1.0.0 is sha256:…, ": `the index has it`. */
  where: string;
  /** What it lists was taken out of the index that clients read. */
  isRetired: boolean;
}

/** The indexes that can list a version, those whose word counts more first. */
export function namedIndexes(
  document: IndexDocument,
  { retired, merged }: { retired?: IndexDocument | undefined; merged?: IndexDocument | undefined },
): NamedIndex[] {
  const indexes = [{ document, where: 'the index has it', isRetired: false }];
  if (retired)
    indexes.push({
      document: retired,
      where: 'the index of retired versions has it',
      isRetired: true,
    });
  if (merged) indexes.push({ document: merged, where: `${merged.file} has it`, isRetired: false });
  return indexes;
}

/** What an index says of a version that it lists. */
export interface Listing extends Pick<NamedIndex, 'where' | 'isRetired'> {
  /** Of its entries, in lower case; undefined for one without a digest. */
  digests: readonly (string | undefined)[];
}

/** What the first of the indexes that lists the version of an archive says of it. */
export function findListing(
  { name, version }: ArchiveInfo,
  indexes: readonly NamedIndex[],
): Listing | undefined {
  for (const { document, where, isRetired } of indexes) {
    const entries = findEntries(document, name, version);
    if (entries.length > 0)
      return { digests: entries.map(({ digest }) => digest?.toLowerCase()), where, isRetired };
  }
  return undefined;
}
