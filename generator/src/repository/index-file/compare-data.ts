import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../model/types.ts';
import type { IndexData } from './index-data.ts';
import { StoredEntry } from './stored-entry.ts';
import type { IndexDocument, IndexedEntry } from './types.ts';

type EntryComparison = (entry: IndexedEntry, data: Json) => boolean;

/** Has the document the same charts as the data, with the same entries in the same order? */
export function isSame(
  { charts }: IndexDocument,
  data: IndexData,
  compare: EntryComparison,
): boolean {
  return (
    // The order of charts is not compared: an object has names such as `2048` before all others.
    charts.size === data.charts.size &&
    [...charts].every(([chart, entries]) => isSameList(entries, data.charts.get(chart), compare))
  );
}

export function isSameList(
  entries: readonly IndexedEntry[],
  values: readonly Json[] | undefined,
  compare: EntryComparison,
): boolean {
  return (
    entries.length === values?.length &&
    entries.every((entry, position) => compare(entry, values[position] ?? null))
  );
}

/** The fields that are found without parsing an entry. */
export const sameFields: EntryComparison = ({ version, digest, urls }, data) => {
  const place = { chart: '', position: 0, range: { start: 0, end: 0 } };
  const whole = new StoredEntry({ file: '', bytes: Buffer.of(), style: 'block' }, place, data);
  return isDeepStrictEqual([version, digest, urls], [whole.version, whole.digest, whole.urls]);
};

export const sameData: EntryComparison = (entry, data) => {
  try {
    return isDeepStrictEqual(entry.data, data);
  } catch {
    return false;
  }
};
