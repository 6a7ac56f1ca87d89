import { isDeepStrictEqual } from 'node:util';
import { isMapping } from '../../../json-object.ts';
import type { Json } from '../../../model/types.ts';
import { mayHaveAliases } from '../../index-file/aliases.ts';
import type { IndexDocument, IndexedEntry } from '../../index-file/types.ts';
import type { ChartVersion } from '../chart-reference.ts';
import { changedFields, type FieldChange } from './fields.ts';

/** The same version with other bytes: nobody who pinned it gets what was tested. */
export interface BytesChange extends ChartVersion {
  /** SHA-256 in hex; more than one where the version is listed more than once. */
  before: string[];
  after: string[];
}

/** Other changes of an entry, among them those of `urls` and `created`. */
export interface EntryChange extends ChartVersion {
  fields: FieldChange[];
}

/** The entries of one version in two indexes. */
interface Pair extends ChartVersion {
  before: readonly IndexedEntry[];
  after: readonly IndexedEntry[];
}

/** A version can be listed more than once; what has none counts as the empty one. */
function versionsOf({ charts }: IndexDocument, chart: string): Map<string, IndexedEntry[]> {
  return Map.groupBy(charts.get(chart) ?? [], ({ version }) => version ?? '');
}

/** Versions of the first index that the second lacks. */
export function lackingVersions(first: IndexDocument, second: IndexDocument): ChartVersion[] {
  return [...first.charts.keys()].flatMap((name) => {
    const present = versionsOf(second, name);
    const versions = [...versionsOf(first, name).keys()];
    return versions
      .filter((version) => !present.has(version))
      .map((version) => ({ name, version }));
  });
}

function pairsOf(before: IndexDocument, after: IndexDocument): Pair[] {
  return [...before.charts.keys()].flatMap((name) => {
    const now = versionsOf(after, name);
    return [...versionsOf(before, name)].flatMap(([version, entries]) => {
      const others = now.get(version);
      return others ? [{ name, version, before: entries, after: others }] : [];
    });
  });
}

function textOf({ bytes }: IndexDocument, entries: readonly IndexedEntry[]): Buffer {
  return Buffer.concat(entries.map(({ range }) => bytes.subarray(range.start, range.end)));
}

function digestsOf(entries: readonly IndexedEntry[]): string[] {
  return [...new Set(entries.flatMap(({ digest }) => digest?.toLowerCase() ?? []))].toSorted();
}

function bytesChange({ name, version, ...pair }: Pair): BytesChange[] {
  const [before, after] = [digestsOf(pair.before), digestsOf(pair.after)];
  return isDeepStrictEqual(before, after) ? [] : [{ name, version, before, after }];
}

/** All fields but those that are compared by themselves. */
function fieldsOf({ data }: IndexedEntry): Map<string, Json> {
  const fields = new Map(Object.entries(isMapping(data) ? (data as Record<string, Json>) : {}));
  fields.delete('version');
  fields.delete('digest');
  return fields;
}

function entryChange({ name, version, before, after }: Pair): EntryChange[] {
  const [old, now] = [before[0], after[0]];
  const fields = old && now ? changedFields(fieldsOf(old), fieldsOf(now)) : [];
  return fields.length === 0 ? [] : [{ name, version, fields }];
}

/** What became of the versions that both indexes have. */
export function changedVersions(
  before: IndexDocument,
  after: IndexDocument,
): { bytesChanged: BytesChange[]; fieldsChanged: EntryChange[] } {
  // Entries of the same bytes need not be parsed, unless they stand for what is elsewhere.
  const isPlain = !mayHaveAliases(before.bytes) && !mayHaveAliases(after.bytes);
  const pairs = pairsOf(before, after).filter((pair) => {
    const [old, now] = [textOf(before, pair.before), textOf(after, pair.after)];
    return !(isPlain && old.length > 0 && old.equals(now));
  });
  return { bytesChanged: pairs.flatMap(bytesChange), fieldsChanged: pairs.flatMap(entryChange) };
}
