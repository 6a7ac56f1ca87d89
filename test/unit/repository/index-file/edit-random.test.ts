import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../../../generator/src/model/types.ts';
import { readIndex, trustIndex } from '../../../../generator/src/repository/index-file/document.ts';
import { editIndex } from '../../../../generator/src/repository/index-file/edit.ts';
import type {
  IndexDocument,
  IndexedEntry,
  IndexEdit,
} from '../../../../generator/src/repository/index-file/types.ts';
import { dataOf } from '../fixture.ts';
import { anEntry, chartName, charts, form, sourceOf } from './sources.ts';

const additions = fc.array(fc.tuple(chartName, anEntry), { maxLength: 5 });
/** What is done to each entry that is there, in turn. */
const fates = fc.array(fc.constantFrom('keep', 'keep', 'replace', 'remove'), { minLength: 1 });

interface Edited {
  edits: IndexEdit[];
  /** Entries by chart that stay, and how many there have to be. */
  kept: Map<string, IndexedEntry[]>;
  expected: Map<string, Json[]>;
}

function plan(document: IndexDocument, fate: string[], added: [string, Json][]): Edited {
  const result: Edited = { edits: [], kept: new Map(), expected: new Map() };
  let turn = 0;
  for (const [chart, entries] of document.charts) {
    const after: Json[] = [];
    for (const entry of entries) {
      const what = fate[(turn += 1) % fate.length];
      if (what === 'remove') result.edits.push({ kind: 'remove', entry });
      else if (what === 'replace') {
        result.edits.push({ kind: 'replace', entry, by: { replaced: String(turn) } });
        after.push({ replaced: String(turn) });
      } else {
        after.push(entry.data);
        result.kept.set(chart, [...(result.kept.get(chart) ?? []), entry]);
      }
    }
    if (after.length > 0 || entries.length === 0) result.expected.set(chart, after);
  }
  for (const [chart, entry] of added) {
    result.edits.push({ kind: 'add', chart, entry });
    result.expected.set(chart, [...(result.expected.get(chart) ?? []), entry]);
  }
  return result;
}

const sorted = (values: readonly Json[]) => values.map((value) => JSON.stringify(value)).toSorted();
const textOf = ({ bytes }: IndexDocument, { range }: IndexedEntry) =>
  Buffer.from(bytes.subarray(range.start, range.end)).toString().trimEnd();

test('random edits of random files do what they say and touch nothing else', () => {
  fc.assert(
    fc.property(charts, form, fates, additions, (data, shape, fate, added) => {
      const bytes = sourceOf(data, shape);
      const { document } = readIndex(bytes, 'i.yaml');
      expect(document.layout).toBeDefined();
      expect(dataOf(document)).toEqual(data);
      expect(dataOf(trustIndex(bytes, 'i.yaml'))).toEqual(data);
      expect(Buffer.from(editIndex(document, [])).equals(bytes)).toBe(true);
      const { edits, kept, expected } = plan(document, fate, added);
      const { document: after } = readIndex(editIndex(document, edits), 'i.yaml');
      expect(after.layout).toBeDefined();
      expect(after.head).toEqual(document.head);
      expect([...after.charts.keys()].toSorted()).toEqual([...expected.keys()].toSorted());
      for (const [chart, entries] of dataOf(after))
        expect(sorted(entries)).toEqual(sorted(expected.get(chart) ?? []));
      for (const [chart, entries] of kept) {
        const texts = (after.charts.get(chart) ?? []).map((entry) => textOf(after, entry));
        let from = 0;
        for (const entry of entries) {
          from = texts.indexOf(textOf(document, entry), from) + 1;
          expect(from, `${textOf(document, entry)} in its order`).toBeGreaterThan(0);
        }
      }
      if (bytes.at(-1) === 10) expect(after.bytes.at(-1)).toBe(10);
    }),
    { numRuns: 600 },
  );
});

test('fields at the top come, change and go', () => {
  const field = fc.constantFrom('annotations', 'generated', 'publicKeys', 'apiVersion');
  const value = fc.constantFrom<(Json | undefined)[]>(['k', 'l'], 'text', { a: 'b: c' }, undefined);
  fc.assert(
    fc.property(charts, form, fc.array(fc.tuple(field, value)), (data, shape, values) => {
      const { document } = readIndex(sourceOf(data, shape), 'i.yaml');
      const set = values.filter(([name]) => name !== 'apiVersion');
      const edits = set.map(
        ([name, item]) => ({ kind: 'head', field: name, value: item }) as const,
      );
      const { document: after } = readIndex(editIndex(document, edits), 'i.yaml');
      const expected = new Map(document.head);
      for (const [name, item] of set)
        if (item === undefined) expected.delete(name);
        else expected.set(name, item);
      expect(Object.fromEntries(after.head)).toEqual(Object.fromEntries(expected));
      expect(dataOf(after)).toEqual(data);
    }),
    { numRuns: 300 },
  );
});
