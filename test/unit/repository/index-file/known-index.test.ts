import { readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { writeCacheFile } from '../../../../generator/src/files/cache-file.ts';
import { statusText } from '../../../../generator/src/files/file-status.ts';
import { trustIndex } from '../../../../generator/src/repository/index-file/document.ts';
import { editKnownIndex } from '../../../../generator/src/repository/index-file/edit-known.ts';
import {
  isCurrent,
  type KnownIndex,
  openKnownIndex,
} from '../../../../generator/src/repository/index-file/known-index.ts';
import type { ChartPlace } from '../../../../generator/src/repository/index-file/known-layout.ts';
import {
  readKnownRecord,
  writeKnownRecord,
} from '../../../../generator/src/repository/index-file/known-record.ts';
import { openIndex, rememberFile } from '../../../../generator/src/repository/index-file/open.ts';
import { temporaryFolder } from '../../fileset/fixture.ts';
import { dataOf, entry, indexOf } from '../fixture.ts';

const AN_HOUR = 3_600_000;
const versions = (name: string) =>
  Array.from({ length: 1000 }, (_, i) => entry(name, `1.${i}.0`, { description: 'text' }));
const LARGE = indexOf({
  alpha: versions('alpha'),
  beta: versions('beta'),
  gamma: versions('gamma'),
}).bytes;
const OTHER = Buffer.from(LARGE.toString().replace('text', 'next'));
const EDITS = [{ kind: 'add', chart: 'alpha', entry: entry('alpha', '9.0.0') }] as const;

let path: string;
let cache: string;
const record = () => {
  const [name = ''] = readdirSync(join(cache, 'indexes')).filter((file) => file.endsWith('.known'));
  return join(cache, 'indexes', name);
};
const statusOf = (file: string) => statusText(statSync(file, { bigint: true }));

/** Writes an index that was last changed an hour ago, and has it checked. */
async function remember(bytes: Uint8Array): Promise<void> {
  writeFileSync(path, bytes);
  const time = new Date(Date.now() - AN_HOUR);
  utimesSync(path, time, time);
  await rememberFile(await openIndex(bytes, path), { path, status: statusOf(path) });
}

async function opened(): Promise<KnownIndex> {
  const index = await openKnownIndex(path);
  if (!index) throw new Error('not known');
  return index;
}

/** Until the clock of the disk shows another time than a file bears. */
function waitForTick(file: string): void {
  const { ctimeNs } = statSync(file, { bigint: true });
  const probe = `${file}.probe`;
  do writeFileSync(probe, '');
  while (statSync(probe, { bigint: true }).ctimeNs === ctimeNs);
  rmSync(probe);
}

beforeEach(() => {
  cache = temporaryFolder();
  path = join(temporaryFolder(), 'index.yaml');
  vi.stubEnv('SPARK_CHARTS_CACHE', cache);
  return () => {
    vi.unstubAllEnvs();
  };
});

test('an index that was checked is known while its file stays', async () => {
  expect(await openKnownIndex(path)).toBeUndefined();
  await remember(LARGE);
  const index = await opened();
  expect(dataOf(index.document)).toEqual(dataOf(trustIndex(LARGE, path)));
  expect(index.problems).toEqual([]);
  expect(['beta-1.7.0.tgz', 'delta-1.7.0.tgz'].map((file) => index.listed.has(file))).toEqual([
    true,
    false,
  ]);
  expect(isCurrent(path, index)).toBe(true);
  index.source.close();
});

const changes: [string, () => void][] = [
  [
    'edited in place to the same size',
    () => {
      writeFileSync(path, OTHER);
    },
  ],
  [
    'edited in place, its time set back',
    () => {
      const { atime, mtime } = statSync(path);
      waitForTick(path);
      writeFileSync(path, OTHER);
      utimesSync(path, atime, mtime);
    },
  ],
  [
    'replaced by a copy with its time',
    () => {
      const { atime, mtime } = statSync(path);
      writeFileSync(`${path}.copy`, LARGE);
      utimesSync(`${path}.copy`, atime, mtime);
      renameSync(`${path}.copy`, path);
    },
  ],
  [
    'touched',
    () => {
      utimesSync(path, new Date(), new Date());
    },
  ],
  [
    'gone',
    () => {
      rmSync(path);
    },
  ],
];

test.each(changes)('an index that is %s is looked at again', async (_, change) => {
  await remember(LARGE);
  const index = await opened();
  change();
  expect(isCurrent(path, index)).toBe(false);
  index.source.close();
  expect(await openKnownIndex(path)).toBeUndefined();
});

test('what is known is known of one place', async () => {
  await remember(LARGE);
  const other = join(dirname(path), 'other.yaml');
  renameSync(path, other);
  expect(await openKnownIndex(other)).toBeUndefined();
});

test('a small index, and one with problems, are looked at each time', async () => {
  await remember(indexOf({ demo: [entry('demo', '1.0.0')] }).bytes);
  expect(await openKnownIndex(path)).toBeUndefined();
  await remember(Buffer.from(LARGE.toString().replace('version: 1.0.0', 'version: latest')));
  expect(await openKnownIndex(path)).toBeUndefined();
});

const withPlaces = (status: string, ...charts: unknown[]) =>
  `${JSON.stringify({ status, size: LARGE.length, charts })}\n`;

test.each<[string, (status: string) => string]>([
  ['nothing', () => ''],
  ['no lines', () => 'garbage'],
  ['no JSON', () => '{garbage\n'],
  ['no mapping', () => '[]\n'],
  ['no status', () => '{"size":1,"charts":[]}\n'],
  ['no charts', (status) => `${JSON.stringify({ status, size: 1 })}\n`],
  ['a size that is none', (status) => `${JSON.stringify({ status, size: -1, charts: [] })}\n`],
  ['places that are none', (status) => withPlaces(status, ['alpha', 1, 2.5, 3])],
  ['charts that are none', (status) => withPlaces(status, 'alpha')],
  ['charts on one another', (status) => withPlaces(status, ['a', 5, 6, 9], ['b', 8, 9, 10])],
  ['charts before the file', (status) => withPlaces(status, ['a', -5, 6, 9])],
  ['charts behind the file', (status) => withPlaces(status, ['a', 5, 6, LARGE.length + 1])],
])('a record that holds %s is not used', async (_, contentOf) => {
  await remember(LARGE);
  await writeCacheFile(record(), contentOf(statusOf(path)));
  expect(await readKnownRecord(path)).toBeUndefined();
  expect(await openKnownIndex(path)).toBeUndefined();
});

test('a record that was tampered with is not used', async () => {
  await remember(LARGE);
  writeFileSync(record(), withPlaces(statusOf(path)));
  expect(await openKnownIndex(path)).toBeUndefined();
});

test.each<[string, (place: ChartPlace, index: number) => ChartPlace]>([
  ['names', (place) => ({ ...place, key: `${place.key}-other` })],
  ['ends', (place, index) => (index !== 1 ? place : { ...place, end: place.end - 20 })],
  [
    'lines',
    (place, index) =>
      index !== 1 ? place : { ...place, lineEnd: LARGE.indexOf(10, place.lineEnd) + 1 },
  ],
])('a record with other %s of charts costs time and nothing else', async (_, change) => {
  await remember(LARGE);
  const known = await readKnownRecord(path);
  if (!known) throw new Error('not known');
  const charts = known.layout.charts.map(change);
  await writeKnownRecord(path, { ...known, layout: { ...known.layout, charts } });
  const index = await opened();
  for (const { key } of charts)
    expect([0, 1000]).toContain(index.document.charts.get(key)?.length ?? 0);
  expect(editKnownIndex(index, EDITS)).toBeUndefined();
  index.source.close();
});
