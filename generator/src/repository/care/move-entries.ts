import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../model/types.ts';
import { findEntries } from '../index-file/entry.ts';
import type { IndexDocument, IndexedEntry, IndexEdit } from '../index-file/types.ts';
import { withUrls } from '../retired-index.ts';

/** What tells two entries of one version apart. */
type Content = Pick<IndexedEntry, 'digest' | 'urls'>;

/** The entries of an index that have the same version and bytes; without digests, the same urls. */
function counterparts(
  document: IndexDocument,
  { chart, version }: IndexedEntry,
  { digest, urls }: Content,
): IndexedEntry[] {
  if (version === undefined) return [];
  return findEntries(document, chart, version).filter(
    (entry) =>
      entry.digest === digest && (digest !== undefined || isDeepStrictEqual(entry.urls, urls)),
  );
}

/** How an entry is written into the other index. */
export interface Conversion {
  url: (url: string) => string;
  annotate?: (data: Json) => Json;
}

/** Adds entries of another index that this one lacks. */
export function gain(
  document: IndexDocument,
  entries: readonly IndexedEntry[],
  { url, annotate = (data) => data }: Conversion,
): IndexEdit[] {
  const isLacking = (entry: IndexedEntry) =>
    counterparts(document, entry, { digest: entry.digest, urls: entry.urls.map(url) }).length === 0;
  return entries
    .filter(isLacking)
    .map((entry) => ({ kind: 'add', chart: entry.chart, entry: annotate(withUrls(entry, url)) }));
}

/** Removes entries that another index has gained. */
export function lose(document: IndexDocument, entries: readonly IndexedEntry[]): IndexEdit[] {
  const lost = new Set(entries.flatMap((entry) => counterparts(document, entry, entry)));
  return [...lost].map((entry) => ({ kind: 'remove', entry }));
}
