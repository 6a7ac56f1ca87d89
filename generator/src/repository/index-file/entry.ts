import type { ArchiveInfo } from '../../archive/archive.ts';
import { sourceDate } from '../../archive/source-date.ts';
import type { Json } from '../../model/types.ts';
import { compareKeys } from './key-order.ts';
import type { IndexDocument, IndexedEntry, IndexEntry } from './types.ts';

/** What an index calls now: whole seconds in UTC, or what SOURCE_DATE_EPOCH asks for. */
export function timestamp(): string {
  return (sourceDate() ?? new Date()).toISOString().replace(/\.\d+Z$/, 'Z');
}

function sorted(value: Json): Json {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(sorted);
  const fields = Object.entries(value).toSorted(([left], [right]) => compareKeys(left, right));
  return Object.fromEntries(fields.map(([key, item]) => [key, sorted(item)]));
}

/** The entry of an archive, keys sorted as Helm sorts them. */
export function createEntry(
  { metadata, digest }: ArchiveInfo,
  url: string,
  created: string,
): IndexEntry {
  return sorted({ ...metadata, created, digest, urls: [url] }) as IndexEntry;
}

/** The entries of a chart that have this version, text for text, and no other. */
export function findEntries(
  { charts }: IndexDocument,
  chart: string,
  version: string,
): IndexedEntry[] {
  return (charts.get(chart) ?? []).filter((entry) => entry.version === version);
}
