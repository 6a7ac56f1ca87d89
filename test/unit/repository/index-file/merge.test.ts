import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  emptyIndex,
  readIndex,
  trustIndex,
} from '../../../../generator/src/repository/index-file/document.ts';
import { editIndex } from '../../../../generator/src/repository/index-file/edit.ts';
import { findEntries } from '../../../../generator/src/repository/index-file/entry.ts';
import { indexJson } from '../../../../generator/src/repository/index-file/json.ts';
import { mergeEdits } from '../../../../generator/src/repository/index-file/merge.ts';
import type { IndexDocument } from '../../../../generator/src/repository/index-file/types.ts';
import { dataOf, entry } from '../fixture.ts';
import { charts, form, sourceOf } from './sources.ts';

const anIndex = fc
  .tuple(charts, form)
  .map(([data, shape]) => readIndex(sourceOf(data, shape), 'i.yaml').document);
const merged = (first: IndexDocument, second: IndexDocument) =>
  trustIndex(editIndex(first, mergeEdits(first, second)), 'i.yaml');
const allOf = (document: IndexDocument) =>
  [...dataOf(document)].flatMap(([chart, list]) =>
    list.map((item) => JSON.stringify([chart, item])),
  );

test('merging loses nothing of the first, and no version of the second', () => {
  fc.assert(
    fc.property(anIndex, anIndex, (first, second) => {
      const both = merged(first, second);
      expect(allOf(both)).toEqual(expect.arrayContaining(allOf(first)));
      for (const [chart, list] of second.charts)
        for (const { version, data } of list)
          if (version === undefined) expect(dataOf(both).get(chart)).toContainEqual(data);
          else expect(findEntries(both, chart, version)).not.toEqual([]);
      expect(mergeEdits(both, second)).toEqual([]);
      expect(mergeEdits(both, first)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('where two indexes share no version it does not matter which is merged into which', () => {
  const versions = fc.uniqueArray(
    fc.tuple(fc.constantFrom('a', 'b', '__proto__'), fc.nat(9), fc.nat(1)),
    { selector: ([chart, version]) => `${chart} ${version}` },
  );
  fc.assert(
    fc.property(versions, (all) => {
      const part = (half: number) =>
        trustIndex(
          editIndex(
            emptyIndex('i.yaml'),
            all
              .filter(([, , side]) => side === half)
              .map(([chart, version]) => ({
                kind: 'add',
                chart,
                entry: entry(chart, `1.${version}.0`),
              })),
          ),
          'i.yaml',
        );
      const [one, two] = [merged(part(0), part(1)), merged(part(1), part(0))];
      expect(Buffer.from(one.bytes).toString()).toBe(Buffer.from(two.bytes).toString());
    }),
    { numRuns: 200 },
  );
});

test('fields at the top of both indexes are kept, those of the first win', () => {
  const read = (text: string) => trustIndex(Buffer.from(`apiVersion: v1\n${text}`), 'i.yaml');
  const both = merged(
    read('annotations: { a: b }\n'),
    read('annotations: { c: d }\npublicKeys: [k]\nunknown: { e: f }\n'),
  );
  expect(Object.fromEntries(both.head)).toEqual({
    apiVersion: 'v1',
    annotations: { a: 'b' },
    publicKeys: ['k'],
    unknown: { e: 'f' },
  });
});

test('an index in JSON is the same index', () => {
  fc.assert(
    fc.property(anIndex, (document) => {
      const { document: json } = readIndex(indexJson(document), 'index.json');
      expect(dataOf(json)).toEqual(dataOf(document));
      expect(json.head).toEqual(document.head);
    }),
    { numRuns: 200 },
  );
});
