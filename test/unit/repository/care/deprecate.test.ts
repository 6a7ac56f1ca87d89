import { join } from 'node:path';
import fc from 'fast-check';
import { diffLines } from 'diff';
import { expect, test } from 'vitest';
import { silent } from '../../../../generator/src/progress.ts';
import type { CareOptions } from '../../../../generator/src/repository/care/care-plan.ts';
import {
  deprecate,
  deprecated,
  planDeprecate,
} from '../../../../generator/src/repository/care/deprecate.ts';
import { readDirectoryIndex } from '../../../../generator/src/repository/directory/directory-index.ts';
import { textsIn, write } from '../../fileset/fixture.ts';
import {
  carryOut,
  documentOf,
  entriesOf,
  listing,
  randomEntries,
  repositoryFolder,
} from './fixture.ts';

const OPTIONS: CareOptions = { progress: silent };
const VERSIONS = ['1.1.0', '1.0.0'];
const BOTH = VERSIONS.map((version) => ({ name: 'demo', version }));

function folderOfDemos(): string {
  return repositoryFolder([
    ...VERSIONS.map((version) => listing('demo', version)),
    listing('other', '1.0.0'),
  ]);
}

test('a chart is all its versions', async () => {
  const folder = folderOfDemos();
  const deprecation = { reason: 'superseded: "x"' };
  expect(await deprecate(folder, [{ chart: 'demo' }], { ...OPTIONS, deprecation })).toEqual({
    changed: BOTH,
    unchanged: [],
  });
  const { document, problems } = await readDirectoryIndex(folder);
  const annotations = { 'spark-charts/deprecation-reason': 'superseded: "x"' };
  expect(problems).toEqual([]);
  expect(entriesOf(document)).toEqual(
    [
      ...VERSIONS.map((version) => listing('demo', version, { deprecated: true, annotations })),
      listing('other', '1.0.0'),
    ]
      .map((entry) => JSON.stringify(entry))
      .toSorted(),
  );
});

test('one version is one hunk, and undoing it brings the bytes back', async () => {
  const folder = folderOfDemos();
  const index = () => textsIn(folder)['index.yaml'] ?? '';
  const before = index();
  const references = [
    { chart: 'demo', version: '1.0.0' },
    { chart: 'demo', version: '1.0.0' },
  ];
  await deprecate(folder, references, { ...OPTIONS, deprecation: {} });
  const changes = diffLines(before, index()).filter(({ added, removed }) => added || removed);
  expect(changes.map(({ value }) => value)).toEqual(['    deprecated: true\n']);
  const undo = { ...OPTIONS, deprecation: { undo: true } as const };
  expect((await deprecate(folder, references, undo)).changed).toEqual([BOTH[1]]);
  expect(index()).toBe(before);
});

test('what is that way already is told and not written, whatever its form', async () => {
  const folder = folderOfDemos();
  const text = textsIn(folder)['index.yaml'] ?? '';
  write(join(folder, 'index.yaml'), text.replaceAll('name: demo', "name: 'demo' # by hand"));
  const before = textsIn(folder);
  const undo = { ...OPTIONS, deprecation: { undo: true } as const };
  expect(await deprecate(folder, [{ chart: 'demo' }], undo)).toEqual({
    changed: [],
    unchanged: BOTH,
  });
  expect(textsIn(folder)).toEqual(before);
});

test('a reason stays when none is given, and is replaced by another', () => {
  const data = listing('demo', '1.0.0');
  const first = deprecated(data, { reason: 'one' });
  expect(deprecated(first, {})).toEqual(first);
  expect(deprecated(first, { reason: 'two' })).toMatchObject({
    annotations: { 'spark-charts/deprecation-reason': 'two' },
  });
});

test('a dry run writes nothing', async () => {
  const folder = folderOfDemos();
  const before = textsIn(folder);
  const options = { ...OPTIONS, dryRun: true, deprecation: {} };
  expect((await deprecate(folder, [{ chart: 'demo' }], options)).changed).toEqual(BOTH);
  expect(textsIn(folder)).toEqual(before);
});

test('an entry that is none stays as it is', () => {
  expect(deprecated(null, {})).toBe(null);
});

test('deprecated and undone, all data is as it was', () => {
  fc.assert(
    fc.property(randomEntries, fc.option(fc.string(), { nil: undefined }), (entries, reason) => {
      const before = { current: documentOf(...entries), retired: undefined };
      const all = [...before.current.charts.keys()].map((chart) => ({ chart }));
      const deprecation = reason === undefined ? {} : { reason };
      const marked = carryOut(before, planDeprecate(before.current, all, deprecation));
      for (const { data } of [...marked.current.charts.values()].flat())
        expect(data).toMatchObject({ deprecated: true });
      const after = carryOut(marked, planDeprecate(marked.current, all, { undo: true }));
      expect(entriesOf(after.current)).toEqual(entriesOf(before.current));
    }),
    { numRuns: 100 },
  );
});
