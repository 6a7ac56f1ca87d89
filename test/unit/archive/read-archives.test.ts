import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readArchives } from '../../../generator/src/archive/read-archives.ts';
import { sha256 } from '../../../generator/src/files/digest.ts';
import { silent } from '../../../generator/src/progress.ts';
import { temporaryFolder } from '../fileset/fixture.ts';
import { archiveOf, chartYaml, foreignArchive } from './fixture.ts';
import { END, rawEntries } from './raw-tar.ts';

const LONG_AGO = new Date('2020-01-01T00:00:00Z');
/** Enough for the cache. */
const COUNT = 200;

let cacheFolder: string;

beforeEach(() => {
  cacheFolder = temporaryFolder();
  vi.stubEnv('SPARK_CHARTS_CACHE', cacheFolder);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const pathOf = (number: number) => `demo-1.0.${number}.tgz`;

/** A folder of archives; {@link later} makes them old. */
async function folderOf(count: number): Promise<{ folder: string; paths: string[] }> {
  const folder = temporaryFolder();
  const paths = Array.from({ length: count }, (_, number) => pathOf(number));
  for (const [number, path] of paths.entries()) {
    const body = chartYaml('demo', `1.0.${number}`, 'annotations: { __proto__: a }\n');
    writeFileSync(join(folder, path), await foreignArchive([{ name: 'demo/Chart.yaml', body }]));
  }
  return { folder, paths };
}

/** The clock moves on, so that nothing was changed just now. */
function later(): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
}

/** What was said to be read, which what the cache knows is not. */
async function read(folder: string, paths: readonly string[], cache = true) {
  const said: string[] = [];
  const result = await readArchives(folder, paths, {
    cache,
    workers: 0,
    progress: (message) => said.push(message),
  });
  return { ...result, said: said.at(-1) };
}

test.each([0, 1, 3])('archives are read in order, by %i threads', async (workers) => {
  const { folder, paths } = await folderOf(100);
  mkdirSync(join(folder, '__proto__'));
  const { bytes, ...packed } = await archiveOf('other', '2.0.0');
  writeFileSync(join(folder, '__proto__', 'x.tgz'), bytes);
  writeFileSync(join(folder, 'bad.tgz'), 'bad');
  const noVersion = await foreignArchive([{ name: 'demo/Chart.yaml', body: 'name: demo\n' }]);
  writeFileSync(join(folder, 'worse.tgz'), noVersion);
  const all = ['__proto__/x.tgz', 'bad.tgz', ...paths, 'worse.tgz', 'none.tgz'];
  const said: string[] = [];
  const result = await readArchives(folder, all, {
    workers,
    progress: (message) => said.push(message),
  });
  expect(result.archives.map(({ fileName }) => fileName)).toEqual(['__proto__/x.tgz', ...paths]);
  expect(result.archives[0]).toEqual({ ...packed, fileName: '__proto__/x.tgz' });
  expect(result.archives[9]).toEqual({
    name: 'demo',
    version: '1.0.8',
    fileName: pathOf(8),
    digest: sha256(readFileSync(join(folder, pathOf(8)))),
    size: statSync(join(folder, pathOf(8))).size,
    metadata: {
      annotations: { ['__proto__']: 'a' },
      apiVersion: 'v2',
      name: 'demo',
      version: '1.0.8',
    },
  });
  expect(result.unreadable).toEqual([
    { file: 'bad.tgz', message: 'bad.tgz cannot be read: it is not a gzip file' },
    {
      file: 'worse.tgz',
      message: 'worse.tgz: Chart.yaml cannot be loaded by Helm; version is missing',
    },
    { file: 'none.tgz', message: expect.stringContaining('reading none.tgz: ENOENT') as string },
  ]);
  expect(said.at(-1)).toBe('reading archives 104 of 104');
});

test('what did not change is not read again', async () => {
  const { folder, paths } = await folderOf(COUNT);
  later();
  const first = await read(folder, paths);
  expect(first.archives).toHaveLength(COUNT);
  const second = await read(folder, paths);
  expect(second).toEqual({ ...first, said: undefined });
});

test('without the cache, and for few archives, nothing is kept', async () => {
  const { folder, paths } = await folderOf(COUNT);
  later();
  await read(folder, paths, false);
  await read(folder, paths.slice(1));
  expect(readdirSync(cacheFolder)).toEqual([]);
});

test('a changed file of equal size and time is read again', async () => {
  const { folder, paths } = await folderOf(COUNT);
  const path = join(folder, pathOf(7));
  // Not compressed, so that they are of one size.
  const stored = (version: string) =>
    gzipSync(
      Buffer.concat([
        rawEntries([{ name: 'demo/Chart.yaml', body: chartYaml('demo', version) }]),
        END,
      ]),
      { level: 0 },
    );
  writeFileSync(path, stored('1.0.7'));
  utimesSync(path, LONG_AGO, LONG_AGO);
  later();
  await read(folder, paths);
  const bytes = stored('9.0.7');
  expect(bytes).toHaveLength(statSync(path).size);
  writeFileSync(path, bytes);
  utimesSync(path, LONG_AGO, LONG_AGO);
  const { archives, said } = await read(folder, paths);
  expect(archives[7]).toMatchObject({ version: '9.0.7', digest: sha256(bytes) });
  expect(said).toBe('reading archives 1 of 1');
});

test('a file that changed just before it was read is looked at again', async () => {
  const { folder, paths } = await folderOf(COUNT);
  await read(folder, paths);
  const { said } = await read(folder, paths);
  expect(said).toBe('reading archives 200 of 200');
});

test('a file that was only touched is not unpacked again', async () => {
  const { folder, paths } = await folderOf(COUNT);
  later();
  await read(folder, paths);
  const [file = ''] = readdirSync(join(cacheFolder, 'archives'));
  const cache = join(cacheFolder, 'archives', file);
  const content = readFileSync(cache, 'latin1').slice(0, -64).replaceAll('"demo"', '"known"');
  writeFileSync(cache, content + sha256(content), 'latin1');
  utimesSync(join(folder, pathOf(7)), LONG_AGO, LONG_AGO);
  const { archives, said } = await read(folder, paths);
  expect(said).toBe('reading archives 1 of 1');
  expect(archives[7]).toMatchObject({ name: 'known', version: '1.0.7' });
});

test.each([
  ['damaged', (content: string) => content.replace('demo', 'domo')],
  ['cut off', (content: string) => content.slice(0, 1000)],
  ['empty', () => ''],
  [
    'of another program',
    (content: string) => {
      const other = content.slice(0, -64).replace(/^./, 'x');
      return other + sha256(other);
    },
  ],
])('a cache that is %s is not used', async (_, damage) => {
  const { folder, paths } = await folderOf(COUNT);
  later();
  const first = await read(folder, paths);
  const [file = ''] = readdirSync(join(cacheFolder, 'archives'));
  const cache = join(cacheFolder, 'archives', file);
  writeFileSync(cache, damage(readFileSync(cache, 'latin1')), 'latin1');
  expect(await read(folder, paths)).toEqual(first);
  expect(first.said).toBe('reading archives 200 of 200');
});

test('a cache that cannot be written is said, and all is read', async () => {
  const { folder, paths } = await folderOf(COUNT);
  writeFileSync(join(cacheFolder, 'archives'), 'in the way');
  const { archives, said } = await read(folder, paths);
  expect(archives).toHaveLength(COUNT);
  expect(said).toMatch(/^what was read could not be kept for the next run: /);
});

test('what is gone or bad is not kept, other paths are', async () => {
  const { folder, paths } = await folderOf(COUNT + 2);
  later();
  await read(folder, paths);
  writeFileSync(join(folder, pathOf(0)), 'bad');
  const part = await read(folder, paths.slice(0, -1));
  expect(part.unreadable).toMatchObject([{ file: pathOf(0) }]);
  expect((await read(folder, paths)).said).toBe('reading archives 1 of 1');
});

test('a thread that ends is an error', async () => {
  const { folder, paths } = await folderOf(40);
  // A folder whose name is no text breaks every thread at once.
  const broken = readArchives(undefined as unknown as string, paths, {
    progress: silent,
    workers: 2,
  });
  await expect(broken).rejects.toThrow();
  expect(
    (await readArchives(folder, paths, { progress: silent, workers: 2 })).archives,
  ).toHaveLength(40);
});
