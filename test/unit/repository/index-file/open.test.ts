import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Json } from '../../../../generator/src/model/types.ts';
import { readIndex } from '../../../../generator/src/repository/index-file/document.ts';
import { editIndex } from '../../../../generator/src/repository/index-file/edit.ts';
import {
  listedFiles,
  listedFilesOf,
} from '../../../../generator/src/repository/index-file/named-files.ts';
import { openIndex, rememberEdited } from '../../../../generator/src/repository/index-file/open.ts';
import type { IndexEdit } from '../../../../generator/src/repository/index-file/types.ts';
import { temporaryFolder } from '../../fileset/fixture.ts';
import { dataOf, entry, indexOf } from '../fixture.ts';

const LARGE = indexOf({
  demo: Array.from({ length: 2500 }, (_, i) => entry('demo', `1.${i}.0`, { description: 'text' })),
  faulty: [entry('faulty', 'latest'), entry('faulty', '1.0.0', { colour: 'red' })],
}).bytes;
let cache: string;
const remembered = () =>
  readdirSync(cache, { recursive: true }).filter((name) => String(name).endsWith('.json'));

beforeEach(() => {
  cache = temporaryFolder();
  vi.stubEnv('SPARK_CHARTS_CACHE', cache);
  return () => {
    vi.unstubAllEnvs();
  };
});

test('bytes that were checked before are trusted, with what was found in them', async () => {
  const first = await openIndex(LARGE, 'one.yaml');
  expect(first.problems.map(({ path }) => path)).toEqual([
    'entries.faulty[0].colour',
    'entries.faulty[1].version',
  ]);
  expect(remembered()).toHaveLength(1);
  const second = await openIndex(LARGE, 'two.yaml');
  expect(second.problems).toEqual(readIndex(LARGE, 'two.yaml').problems);
  expect(dataOf(second.document)).toEqual(dataOf(first.document));
  expect(second.listed).toEqual(listedFiles(first.document));
  expect(second.listed).toContain('demo-1.7.0.tgz');
  expect(remembered()).toHaveLength(1);
});

test('a cache that was tampered with is not used', async () => {
  const { problems } = await openIndex(LARGE, 'i.yaml');
  for (const name of remembered()) writeFileSync(join(cache, String(name)), '[]');
  expect((await openIndex(LARGE, 'i.yaml')).problems).toEqual(problems);
});

test.each([
  [
    'large files with aliases',
    LARGE.toString().replace('entries:', 'annotations: { a: &a b, c: *a }\nentries:'),
  ],
  [
    'large files in JSON',
    JSON.stringify({ apiVersion: 'v1', entries: { a: [{ b: 'c'.repeat(300_000) }] } }),
  ],
  ['small files', 'apiVersion: v1\n'],
])('%s are always checked', async (_, text) => {
  await openIndex(Buffer.from(text), 'i.yaml');
  expect(remembered()).toEqual([]);
});

const add = (chart: string, version: string, more: Record<string, Json> = {}): IndexEdit => ({
  kind: 'add',
  chart,
  entry: entry(chart, version, more),
});

test.each<[string, IndexEdit[]]>([
  ['a version', [add('demo', '9.0.0')]],
  ['a faulty version', [add('demo', '9.0.0', { colour: 'red' })]],
  ['a version that is there', [add('demo', '1.1.0')]],
  ['a version twice', [add('demo', '9.0.0'), add('demo', '9.0.0')]],
  ['a version of a faulty chart', [add('faulty', '9.0.0')]],
  ['a version that is elsewhere', [add('demo', '9.0.0', { urls: ['https://a.b/demo-9.0.0.tgz'] })]],
  ['a version under another name', [add('demo', '9.0.0', { urls: ['https://a.b/c/chart.tgz'] })]],
  ['a version with an empty url', [add('demo', '9.0.0', { urls: ['demo-9.0.0.tgz', null] })]],
  [
    'the time',
    [add('demo', '9.0.0'), { kind: 'head', field: 'generated', value: '2026-01-31T12:00:00Z' }],
  ],
  ['no time', [add('demo', '9.0.0'), { kind: 'head', field: 'generated', value: 'now' }]],
  ['a field', [{ kind: 'head', field: 'mystery', value: 'a' }]],
])('after an edit the next run knows what a check would find: %s', async (_, edits) => {
  const before = await openIndex(LARGE, 'i.yaml');
  const bytes = editIndex(before.document, edits);
  await rememberEdited(before, edits, bytes);
  expect(remembered()).toHaveLength(2);
  const after = await openIndex(bytes, 'i.yaml');
  expect(remembered()).toHaveLength(2);
  const { document, problems: expected } = readIndex(bytes, 'i.yaml');
  expect(after.listed).toEqual(listedFiles(document));
  const sorted = (problems: typeof expected) =>
    problems.map((item) => JSON.stringify(item, Object.keys(item).toSorted())).toSorted();
  expect(sorted(after.problems)).toEqual(sorted(expected));
});

test('removing what is faulty removes the problem, and its archive', async () => {
  const before = await openIndex(LARGE, 'i.yaml');
  const faulty = before.document.charts.get('faulty')?.[1];
  if (!faulty) throw new Error('not found');
  const edits: IndexEdit[] = [{ kind: 'remove', entry: faulty }];
  const bytes = editIndex(before.document, edits);
  await rememberEdited(before, edits, bytes);
  const { problems, listed } = await openIndex(bytes, 'i.yaml');
  expect(problems.map(({ path }) => path)).toEqual(['entries.faulty[0].colour']);
  const [gone = ''] = listedFilesOf(faulty);
  expect([before.listed.has(gone), listed.has(gone)]).toEqual([true, false]);
});

test('a cache that cannot be written changes nothing', async () => {
  writeFileSync(join(cache, 'file'), '');
  vi.stubEnv('SPARK_CHARTS_CACHE', join(cache, 'file'));
  expect((await openIndex(LARGE, 'i.yaml')).problems).toHaveLength(2);
});

test.each([
  'version: 1.0.0\n      -a',
  'digest: ab\n      cd',
  'digest: ab\n\n      cd',
  'version: 1.0.0\n    dependencies:\n    - name: a\n      version: 2.0.0',
  'version: 1.0.0\n    kubeversion: 2.0.0',
  'version: 1.0.0\n    description: |\n     version: 2.0.0',
  'digest: ab\n    annotations:\n        digest: cd',
  'version: 1.0.0\n    description: >-\n      in    version: 2.0.0',
])('fields are the same once they were checked: %j', async (field) => {
  const item = `  - name: two\n    ${field}\n    urls:\n    - a.tgz\n`;
  const bytes = Buffer.from(LARGE.toString().replace('entries:\n', `entries:\n  two:\n${item}`));
  const read = async () =>
    (await openIndex(bytes, 'i.yaml')).document.charts
      .get('two')
      ?.map(({ version, digest, urls }) => [version, digest, urls]);
  const first = await read();
  expect(await read()).toEqual(first);
});
