import { openIndex } from '../../index-file/open.ts';
import type { CheckedIndex, IndexedEntry } from '../../index-file/types.ts';

/** An index of a repository. */
export interface VerifiedIndex extends CheckedIndex {
  /** In the repository: `index.yaml` or `archive/index.yaml`. */
  path: string;
  /** The line, from 1, of a byte of the index. */
  lineOf: (offset: number) => number;
}

/**
 * Reads an index of a repository.
 * @param path in the repository.
 * @param name what to call it in messages.
 * @throws UserError INDEX_INVALID
 */
export async function openVerifiedIndex(
  path: string,
  bytes: Uint8Array,
  name: string,
): Promise<VerifiedIndex> {
  return { path, ...(await openIndex(bytes, name)), lineOf: lineNumbers(bytes) };
}

/** An entry, and the index that it stands in. */
export interface ListedEntry {
  index: VerifiedIndex;
  entry: IndexedEntry;
}

/** What an entry says of the archive at one of its URLs. */
export interface Claim extends ListedEntry {
  url: string;
  /** Is it the URL that Helm fetches? */
  isFirst: boolean;
}

/** All entries of indexes, in their order. */
export function listEntries(indexes: readonly VerifiedIndex[]): ListedEntry[] {
  return indexes.flatMap((index) =>
    [...index.document.charts.values()].flat().map((entry) => ({ index, entry })),
  );
}

/** What an entry says of each of its urls. */
export function claimsOf({ index, entry }: ListedEntry): Claim[] {
  return entry.urls.map((url, position) => ({ index, entry, url, isFirst: position === 0 }));
}

const LINE_FEED = 0x0a;

/** Tells lines of a file by the offsets of its bytes; looks for line ends when first asked. */
function lineNumbers(bytes: Uint8Array): (offset: number) => number {
  let ends: number[] | undefined;
  return (offset) => {
    ends ??= lineEnds(bytes);
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

function lineEnds(bytes: Uint8Array): number[] {
  const ends: number[] = [];
  for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, end + 1))
    ends.push(end);
  return ends;
}
