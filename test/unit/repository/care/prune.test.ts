import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isStable, sortNewestFirst } from '../../../../generator/src/archive/version.ts';
import type { Json } from '../../../../generator/src/model/types.ts';
import { silent } from '../../../../generator/src/progress.ts';
import type { RepositoryIndexes } from '../../../../generator/src/repository/care/repository-indexes.ts';
import {
  dependenciesOf,
  satisfying,
} from '../../../../generator/src/repository/care/dependencies.ts';
import { planPrune, prune } from '../../../../generator/src/repository/care/prune.ts';
import { readDirectoryIndex } from '../../../../generator/src/repository/directory/directory-index.ts';
import { readIndex } from '../../../../generator/src/repository/index-file/document.ts';
import type { IndexDocument } from '../../../../generator/src/repository/index-file/types.ts';
import {
  readRetiredIndex,
  restoredUrl,
  withUrls,
} from '../../../../generator/src/repository/retired-index.ts';
import { textsIn } from '../../fileset/fixture.ts';
import {
  carryOut,
  documentOf,
  entriesOf,
  listing,
  namesOf,
  randomEntries,
  readableIndexes,
  repositoryFolder,
} from './fixture.ts';

const REPOSITORY = 'https://example.com/charts';

function needs(name: string, version: string): Record<string, Json> {
  return { dependencies: [{ name, repository: REPOSITORY, version }] };
}

test('old versions move to the retired index, their urls go one folder up', async () => {
  const absolute = { urls: ['https://example.com/demo-1.0.1.tgz'] };
  const folder = repositoryFolder([
    listing('demo', '1.1.0'),
    listing('demo', '1.0.2'),
    listing('demo', '1.0.1', absolute),
    listing('demo', '1.0.0'),
    listing('other', '0.1.0'),
  ]);
  const result = await prune(folder, { keep: 1 }, { progress: silent });
  expect(result).toEqual({
    retired: [
      { name: 'demo', version: '1.0.1' },
      { name: 'demo', version: '1.0.0' },
    ],
    needed: [],
    kept: 3,
  });
  const { document, problems } = await readDirectoryIndex(folder);
  expect([namesOf(document), problems]).toEqual([['demo 1.1.0', 'demo 1.0.2', 'other 0.1.0'], []]);
  expect(entriesOf(await readRetiredIndex(folder))).toEqual(
    [
      JSON.stringify(listing('demo', '1.0.0', { urls: ['../demo-1.0.0.tgz'] })),
      JSON.stringify(listing('demo', '1.0.1', absolute)),
    ].toSorted(),
  );
});

test('what a kept version depends on stays, and who needs it is told', () => {
  const document = documentOf(
    listing('app', '1.0.0', needs('base', '1.0.0')),
    listing('base', '1.0.1'),
    listing('base', '1.0.0'),
  );
  const { result } = planPrune(document, { keep: 1 });
  const by = { name: 'app', version: '1.0.0' };
  expect(result).toEqual({
    retired: [],
    needed: [{ name: 'base', version: '1.0.0', by }],
    kept: 3,
  });
});

test('what only a retired version depends on goes', () => {
  const document = documentOf(
    listing('app', '1.0.1'),
    listing('app', '1.0.0', needs('base', '1.0.0')),
    listing('base', '1.0.1'),
    listing('base', '1.0.0'),
  );
  const { retired } = planPrune(document, { keep: 1 }).result;
  expect(retired.map(({ name, version }) => `${name} ${version}`)).toEqual([
    'app 1.0.0',
    'base 1.0.0',
  ]);
});

test('only the charts that are named are pruned', () => {
  const document = documentOf(
    ...['a', 'b'].flatMap((name) => [listing(name, '1.0.1'), listing(name, '1.0.0')]),
  );
  const { retired } = planPrune(document, { keep: 1, charts: ['b'] }).result;
  expect(retired).toEqual([{ name: 'b', version: '1.0.0' }]);
  expect(() => planPrune(document, { keep: 1, charts: ['c'] })).toThrow('does not list');
});

test('a dry run writes nothing', async () => {
  const folder = repositoryFolder([listing('demo', '1.0.1'), listing('demo', '1.0.0')]);
  const before = textsIn(folder);
  const { retired } = await prune(folder, { keep: 1 }, { progress: silent, dryRun: true });
  expect(retired).toHaveLength(1);
  expect(textsIn(folder)).toEqual(before);
});

test('nothing to retire: the folder stays as it is', async () => {
  const folder = repositoryFolder([listing('demo', '1.0.0')]);
  const before = textsIn(folder);
  expect(await prune(folder, { keep: 1 }, { progress: silent })).toMatchObject({ retired: [] });
  expect(textsIn(folder)).toEqual(before);
});

test('a folder without an index is told from one with an empty index', async () => {
  const folder = repositoryFolder([]);
  expect(await prune(folder, { keep: 1 }, { progress: silent })).toMatchObject({ kept: 0 });
  await expect(prune(`${folder}/none`, { keep: 1 }, { progress: silent })).rejects.toMatchObject({
    code: 'USAGE',
  });
});

/** The entries of both indexes with urls as the current one has them, each once. */
function union({ current, retired }: RepositoryIndexes): string[] {
  const old = retired ? [...retired.charts.values()].flat() : [];
  const restored = old.map((entry) => JSON.stringify(withUrls(entry, restoredUrl)));
  return [...new Set([...entriesOf(current), ...restored])].toSorted();
}

test('nothing is lost, the newest stable and all that is needed stays, and again changes nothing', () => {
  fc.assert(
    fc.property(randomEntries, fc.integer({ min: 1, max: 3 }), (entries, keep) => {
      const before = { current: documentOf(...entries), retired: undefined };
      const plan = planPrune(before.current, { keep });
      for (const updates of [0, 1, 2])
        expect(union(carryOut(before, plan, updates))).toEqual(entriesOf(before.current));
      const { current, retired } = carryOut(before, plan);
      expect(namesOf(current)).toHaveLength(plan.result.kept);
      expect(namesOf(retired)).toHaveLength(plan.result.retired.length);
      for (const [chart, list] of before.current.charts) {
        const stable = list.map(({ version = '' }) => version).filter(isStable);
        const [newest] = sortNewestFirst(stable, (version) => version);
        if (newest !== undefined) expect(namesOf(current)).toContain(`${chart} ${newest}`);
      }
      for (const { data } of [...current.charts.values()].flat())
        for (const { name, range } of dependenciesOf(data)) {
          const needed = satisfying(before.current.charts.get(name) ?? [], range);
          expect(namesOf(current)).toEqual(
            expect.arrayContaining(needed.map(({ version }) => `${name} ${version}`)),
          );
        }
      expect(planPrune(current, { keep }).result.retired).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('stopped in between and run again it comes to the same', () => {
  fc.assert(
    fc.property(randomEntries, (entries) => {
      const before = { current: documentOf(...entries), retired: undefined };
      const plan = planPrune(before.current, { keep: 1 });
      const whole = carryOut(before, plan);
      const half = carryOut(before, plan, 1);
      const resumed = carryOut(half, planPrune(half.current, { keep: 1 }));
      expect(entriesOf(resumed.current)).toEqual(entriesOf(whole.current));
      expect(entriesOf(resumed.retired)).toEqual(entriesOf(whole.retired));
    }),
    { numRuns: 100 },
  );
});

/** The bytes of each entry, without the white space around. */
function textsOf({ charts, bytes }: IndexDocument): string[] {
  const entries = [...charts.values()].flat();
  return entries.map(({ range }) =>
    Buffer.from(bytes.subarray(range.start, range.end)).toString().trim(),
  );
}

test.each(readableIndexes())(
  '%s: what is kept keeps its bytes, the rest its data',
  (name, bytes) => {
    const before = { current: readIndex(bytes, name).document, retired: undefined };
    const plan = planPrune(before.current, { keep: 1 });
    const after = carryOut(before, plan);
    expect(textsOf(before.current)).toEqual(expect.arrayContaining(textsOf(after.current)));
    expect(textsOf(after.current)).toHaveLength(plan.result.kept);
    expect(union(after)).toEqual([...new Set(entriesOf(before.current))]);
  },
);
