import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../../../generator/src/model/types.ts';
import {
  addEntries,
  findEntries,
  mergeIndexes,
} from '../../../../generator/src/repository/index-file/edit.ts';
import { entry, indexOf, publicIndexes } from '../fixture.ts';
import {
  emptyIndex,
  parseIndex,
  type RepositoryIndex,
  serialiseIndex,
} from '../../../../generator/src/repository/index-file/index-file.ts';

const versionsOf = (index: RepositoryIndex, chart: string) =>
  index.entries.get(chart)?.map((item) => (item as { version?: string }).version);

test.each([
  ['1.0.0+1', '1.0.0+2'],
  ['1.2.3', '1.2'],
  ['1.2.3', '1'],
  ['v1.0.0', '1.0.0'],
  ['1.0.0', '1.0.0-rc.1'],
])('a version is what is written: beside %s there can be %s', (present, added) => {
  const index = addEntries(indexOf({ demo: [entry('demo', present)] }), [
    ['demo', entry('demo', added)],
  ]);
  expect(versionsOf(index, 'demo')).toHaveLength(2);
  expect(findEntries(index, 'demo', added)).toEqual([entry('demo', added)]);
});

test('entries stand newest first, what is no version last', () => {
  const index = indexOf({ demo: [entry('demo', 'latest'), entry('demo', '1.0.0')] });
  const added = ['2.0.0-rc.1', '1.10.0', '1.9.0'].map(
    (version) => ['demo', entry('demo', version)] as const,
  );
  expect(versionsOf(addEntries(index, added), 'demo')).toEqual([
    ...['2.0.0-rc.1', '1.10.0', '1.9.0', '1.0.0', 'latest'],
  ]);
});

test('an entry that is there stays as it is', () => {
  const old = entry('demo', '1.0.0', { created: '2001-01-01T00:00:00.5+02:00', extra: 'kept' });
  const index = addEntries(indexOf({ demo: [old] }), [['demo', entry('demo', '1.0.0')]]);
  expect(index.entries.get('demo')).toEqual([old]);
});

const version = fc.oneof(
  fc
    .tuple(fc.nat(2), fc.nat(2), fc.constantFrom('', '-rc.1', '+1', '+2'))
    .map(([a, b, c]) => `${a}.${b}.0${c}`),
  fc.constantFrom('1', 'v1.0.0', 'latest', '1.2'),
);
const item: fc.Arbitrary<Json> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(version, fc.nat(1)).map(([v, n]) => entry('x', v, { digest: String(n) })),
  },
  { weight: 1, arbitrary: fc.constantFrom<Json>(null, 'text', { name: 'x' }) },
);
const anIndex = (charts: string[]) =>
  fc
    .array(fc.tuple(fc.constantFrom(...charts), fc.array(item, { maxLength: 6 })))
    .map((lists) => indexOf(Object.fromEntries(lists)));

const allOf = (index: RepositoryIndex) =>
  [...index.entries].flatMap(([chart, list]) =>
    list.map((value) => JSON.stringify([chart, value])),
  );
const CHARTS = ['demo', 'other', '__proto__'];

test('merging loses nothing of the first, and no version of the second', () => {
  fc.assert(
    fc.property(anIndex(CHARTS), anIndex(CHARTS), (first, second) => {
      const merged = mergeIndexes(first, second);
      expect(allOf(merged)).toEqual(expect.arrayContaining(allOf(first)));
      for (const [chart, list] of second.entries)
        for (const { version } of list.filter((value) => typeof value === 'object' && value) as {
          version?: string;
        }[])
          if (version !== undefined) expect(findEntries(merged, chart, version)).not.toEqual([]);
      expect([...merged.entries.keys()]).toEqual(
        expect.arrayContaining([...second.entries.keys()]),
      );
    }),
  );
});

test('merging twice is merging once', () => {
  fc.assert(
    fc.property(anIndex(CHARTS), anIndex(CHARTS), (first, second) => {
      const once = mergeIndexes(first, second);
      expect(serialiseIndex(mergeIndexes(once, second))).toBe(serialiseIndex(once));
      expect(serialiseIndex(mergeIndexes(first, first))).toBe(serialiseIndex(first));
    }),
  );
});

test('where two indexes share no version it does not matter which is merged into which', () => {
  fc.assert(
    fc.property(fc.uniqueArray(version), fc.nat(), (versions, seed) => {
      const isFirst = (index: number) => ((seed >> (index % 31)) & 1) === 0;
      const part = (first: boolean) =>
        addEntries(
          emptyIndex(),
          versions.filter((_, i) => isFirst(i) === first).map((v) => ['demo', entry('demo', v)]),
        );
      expect(serialiseIndex(mergeIndexes(part(true), part(false)))).toBe(
        serialiseIndex(mergeIndexes(part(false), part(true))),
      );
    }),
  );
});

test('fields at the top of both indexes are kept, those of the first win', () => {
  const first = { head: { apiVersion: 'v1', annotations: { a: '1' } }, entries: new Map() };
  const second = {
    head: { apiVersion: 'v1', annotations: { b: '2' }, publicKeys: ['k'] },
    entries: new Map(),
  };
  expect(mergeIndexes(first, second).head).toEqual({
    apiVersion: 'v1',
    annotations: { a: '1' },
    publicKeys: ['k'],
  });
});

test('thousands of versions of one chart merge in no time', () => {
  const versions = (build: number) =>
    Array.from({ length: 4000 }, (_, i) => entry('demo', `1.${i}.0+${build}`));
  const start = performance.now();
  const merged = mergeIndexes(indexOf({ demo: versions(1) }), indexOf({ demo: versions(2) }));
  expect(merged.entries.get('demo')).toHaveLength(8000);
  // Helm takes 5.8 s for half of it.
  expect(performance.now() - start).toBeLessThan(1500);
});

test.skipIf(publicIndexes().size === 0)(
  'a version is added to a public index and nothing else changes',
  () => {
    for (const [name, text] of publicIndexes()) {
      if (name.includes('unversioned')) continue;
      const { index } = parseIndex(text, name);
      const [chart = ''] = index.entries.keys();
      const added = addEntries(index, [[chart, entry(chart, '99999.0.0')]]);
      expect(added.entries.get(chart)?.[0]).toEqual(entry(chart, '99999.0.0'));
      expect(allOf(added).toSorted()).toEqual(
        [...allOf(index), JSON.stringify([chart, entry(chart, '99999.0.0')])].toSorted(),
      );
    }
  },
);
