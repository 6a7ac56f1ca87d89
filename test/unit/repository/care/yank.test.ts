import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { silent } from '../../../../generator/src/progress.ts';
import type { CareOptions } from '../../../../generator/src/repository/care/care-plan.ts';
import { planPrune } from '../../../../generator/src/repository/care/prune.ts';
import {
  planRestore,
  planYank,
  restore,
  yank,
} from '../../../../generator/src/repository/care/yank.ts';
import { readDirectoryIndex } from '../../../../generator/src/repository/directory/directory-index.ts';
import { readRetiredIndex } from '../../../../generator/src/repository/retired-index.ts';
import { textsIn } from '../../fileset/fixture.ts';
import {
  carryOut,
  documentOf,
  entriesOf,
  listing,
  namesOf,
  randomEntries,
  repositoryFolder,
} from './fixture.ts';

const OPTIONS: CareOptions = { progress: silent };
const OLD = { name: 'demo', version: '1.0.0' };
const REFERENCE = { chart: 'demo', version: '1.0.0' };
const MARKS = {
  'spark-charts/yank-reason': 'broken',
  'spark-charts/yanked': '2023-11-14T22:13:20Z',
};

beforeEach(() => {
  vi.stubEnv('SOURCE_DATE_EPOCH', '1700000000');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

test('an entry moves to the retired index, with when and why', async () => {
  const annotations = { other: 'kept' };
  const folder = repositoryFolder([
    listing('demo', '1.1.0'),
    listing('demo', '1.0.0', { annotations }),
  ]);
  const result = await yank(folder, [REFERENCE], { ...OPTIONS, reason: 'broken' });
  expect(result).toEqual({ changed: [OLD], unchanged: [], broken: [] });
  expect(namesOf((await readDirectoryIndex(folder)).document)).toEqual(['demo 1.1.0']);
  expect(entriesOf(await readRetiredIndex(folder))).toEqual([
    JSON.stringify(
      listing('demo', '1.0.0', {
        urls: ['../demo-1.0.0.tgz'],
        annotations: { ...annotations, ...MARKS },
      }),
    ),
  ]);
});

test('a yanked version is left alone, one that was pruned gets the mark', async () => {
  const retired = ['1.0.0', '0.9.0'].map((version) =>
    listing('demo', version, {
      urls: [`../demo-${version}.tgz`],
      ...(version === '1.0.0' && { annotations: MARKS }),
    }),
  );
  const folder = repositoryFolder([listing('demo', '1.1.0')], retired);
  const index = textsIn(folder)['index.yaml'];
  const pruned = { chart: 'demo', version: '0.9.0' };
  vi.stubEnv('SOURCE_DATE_EPOCH', '1800000000');
  expect(await yank(folder, [REFERENCE, pruned], { ...OPTIONS, reason: 'why' })).toEqual({
    changed: [{ name: 'demo', version: '0.9.0' }],
    unchanged: [OLD],
    broken: [],
  });
  expect(textsIn(folder)['index.yaml']).toBe(index);
  const [marked, before] = entriesOf(await readRetiredIndex(folder)).toSorted((a) =>
    a.includes('0.9.0') ? -1 : 1,
  );
  expect(marked).toContain('"spark-charts/yank-reason":"why"');
  expect(before).toBe(JSON.stringify(retired[0]));
});

test('what the yank leaves without a version is told', () => {
  const dependencies = [{ name: 'demo', repository: 'https://example.com', version: '^1' }];
  const current = documentOf(listing('app', '2.0.0', { dependencies }), listing('demo', '1.0.0'));
  const { result } = planYank({ current, retired: undefined }, [REFERENCE], 'broken');
  expect(result.broken).toEqual([
    { dependency: 'demo', range: '^1', by: [{ name: 'app', version: '2.0.0' }] },
  ]);
});

test('a version that is nowhere is refused, and nothing is written', async () => {
  const folder = repositoryFolder([listing('demo', '1.0.0')]);
  const before = textsIn(folder);
  const references = [REFERENCE, { chart: 'demo', version: '1.0.1' }];
  await expect(yank(folder, references, { ...OPTIONS, reason: 'x' })).rejects.toMatchObject({
    code: 'USAGE',
    problems: [{ message: 'demo has no version "1.0.1"', hint: 'did you mean "1.0.0"?' }],
  });
  expect(textsIn(folder)).toEqual(before);
});

test('dry runs of both ways write nothing', async () => {
  const retired = [listing('demo', '1.0.0', { urls: ['../demo-1.0.0.tgz'] })];
  const folder = repositoryFolder([listing('demo', '1.1.0')], retired);
  const before = textsIn(folder);
  const dryRun = { ...OPTIONS, dryRun: true };
  const newer = { chart: 'demo', version: '1.1.0' };
  expect((await yank(folder, [newer], { ...dryRun, reason: 'x' })).changed).toHaveLength(1);
  expect((await restore(folder, [REFERENCE], dryRun)).changed).toEqual([OLD]);
  expect(textsIn(folder)).toEqual(before);
});

test('yanked and brought back, the index has the same bytes', async () => {
  const all = ['1.1.0', '1.0.0', '0.9.0'].map((version) => ({ chart: 'demo', version }));
  const folder = repositoryFolder(all.map(({ chart, version }) => listing(chart, version)));
  const index = () => textsIn(folder)['index.yaml'];
  // Once through, so that all entries are in the form that this program writes.
  await yank(folder, all, { ...OPTIONS, reason: 'once' });
  await restore(folder, all, OPTIONS);
  const before = index();
  expect(before).toContain('demo-1.0.0.tgz');
  for (const reference of all) {
    await yank(folder, [reference], { ...OPTIONS, reason: 'a: "b"\n# c' });
    expect(index()).not.toBe(before);
    await restore(folder, [reference], OPTIONS);
    expect(index()).toBe(before);
  }
  expect(namesOf(await readRetiredIndex(folder))).toEqual([]);
});

test('what was not retired is not brought back', async () => {
  const folder = repositoryFolder([listing('demo', '1.0.0')]);
  expect(await restore(folder, [REFERENCE], OPTIONS)).toEqual({
    changed: [],
    unchanged: [OLD],
    broken: [],
  });
});

test('there and back, whole or resumed half way, has the same data', () => {
  fc.assert(
    fc.property(randomEntries, fc.infiniteStream(fc.boolean()), (entries, choice) => {
      const before = { current: documentOf(...entries), retired: undefined };
      const references = [...before.current.charts.values()]
        .flat()
        .filter(() => choice.next().value)
        .map(({ chart, version = '' }) => ({ chart, version }));
      const there = planYank(before, references, 'why');
      const half = carryOut(before, there, 1);
      const away = carryOut(half, planYank(half, references, 'again'));
      expect(entriesOf(away.retired)).toEqual(entriesOf(carryOut(before, there).retired));
      expect(namesOf(away.current)).toHaveLength(entries.length - references.length);
      const back = planRestore(away, references);
      const halfBack = carryOut(away, back, 1);
      for (const after of [
        carryOut(away, back),
        carryOut(halfBack, planRestore(halfBack, references)),
      ]) {
        expect(entriesOf(after.current)).toEqual(entriesOf(before.current));
        expect(namesOf(after.retired)).toEqual([]);
      }
    }),
    { numRuns: 100 },
  );
});

test('what was pruned can be brought back', () => {
  const before = {
    current: documentOf(listing('demo', '1.0.1'), listing('demo', '1.0.0')),
    retired: undefined,
  };
  const pruned = carryOut(before, planPrune(before.current, { keep: 1 }));
  expect(namesOf(pruned.current)).toEqual(['demo 1.0.1']);
  const after = carryOut(pruned, planRestore(pruned, [REFERENCE]));
  expect(entriesOf(after.current)).toEqual(entriesOf(before.current));
});
