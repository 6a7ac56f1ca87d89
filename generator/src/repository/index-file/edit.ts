import { dump } from 'js-yaml';
import type { ArchiveInfo } from '../../archive/archive.ts';
import { sourceDate } from '../../archive/source-date.ts';
import { sortNewestFirst } from '../../archive/version.ts';
import type { Json } from '../../model/types.ts';
import type { IndexEntry } from './types.ts';
import { type RepositoryIndex, versionOf } from './index-file.ts';

/** What an index calls now: whole seconds in UTC, or what SOURCE_DATE_EPOCH asks for. */
export function timestamp(): string {
  return (sourceDate() ?? new Date()).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** The entry of an archive, fields sorted as Helm sorts them. */
export function createEntry(
  { metadata, digest }: ArchiveInfo,
  url: string,
  created: string,
): IndexEntry {
  const fields = { ...metadata, created, digest, urls: [url] };
  return Object.fromEntries(
    Object.entries(fields).toSorted(([left], [right]) => (left < right ? -1 : 1)),
  ) as IndexEntry;
}

/** Two entries of a chart are the same one when this is equal; text for text, no ranges, no coercion. */
function identity(entry: Json): string {
  return versionOf(entry) ?? dump(entry);
}

/** The entries of a chart that have this version and no other. */
export function findEntries({ entries }: RepositoryIndex, chart: string, version: string): Json[] {
  return (entries.get(chart) ?? []).filter((entry) => versionOf(entry) === version);
}

/**
 * The index with those entries that it lacks; entries that it has stay as they are.
 * Charts that gain an entry are put in Helm's order, newest first.
 */
export function addEntries(
  index: RepositoryIndex,
  additions: Iterable<readonly [chart: string, entry: Json]>,
): RepositoryIndex {
  const gained = new Map<string, Json[]>();
  const known = new Map<string, Set<string>>();
  for (const [chart, entry] of additions) {
    const present = known.get(chart) ?? new Set(index.entries.get(chart)?.map(identity));
    known.set(chart, present);
    if (!present.has(identity(entry))) gained.set(chart, [...(gained.get(chart) ?? []), entry]);
  }
  const entries = new Map(index.entries);
  for (const [chart, added] of gained)
    entries.set(chart, sortNewestFirst([...added, ...(entries.get(chart) ?? [])], identity));
  return { head: index.head, entries };
}

/** Everything of both; where both have a version of a chart or a field at the top, the first one's stays. */
export function mergeIndexes(first: RepositoryIndex, second: RepositoryIndex): RepositoryIndex {
  const additions = [...second.entries].flatMap(([chart, entries]) =>
    entries.map((entry) => [chart, entry] as const),
  );
  const merged = addEntries(first, additions);
  const entries = new Map([...second.entries.keys()].map((chart) => [chart, [] as Json[]]));
  for (const [chart, list] of merged.entries) entries.set(chart, list);
  return { head: { ...second.head, ...first.head }, entries };
}
