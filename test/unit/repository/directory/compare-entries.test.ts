import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { packFiles } from '../../../../generator/src/archive/pack.ts';
import { silent } from '../../../../generator/src/progress.ts';
import { indexDirectory } from '../../../../generator/src/repository/directory/index-directory.ts';
import { replaceInFile } from '../../../support/files.ts';
import { chartYaml, fileSet } from '../../archive/fixture.ts';
import { temporaryFolder } from '../../fileset/fixture.ts';

const progress = silent;
// Comparisons of large indexes only are remembered.
const LARGE = `description: ${'a'.repeat(150_000)}\n`;

let cache: string;
let folder: string;
const marks = () =>
  readdirSync(join(cache, 'indexes')).filter((name) => name.endsWith('.right')).length;
const rebuild = async () => {
  const { corrected } = await indexDirectory(folder, { progress, rebuild: true });
  return corrected.map(({ file }) => file);
};

beforeEach(async () => {
  cache = temporaryFolder();
  folder = temporaryFolder();
  vi.stubEnv('SPARK_CHARTS_CACHE', cache);
  for (const version of ['1.0.0', '2.0.0']) {
    const files = fileSet({ 'Chart.yaml': chartYaml('demo', version, LARGE) });
    writeFileSync(join(folder, `demo-${version}.tgz`), (await packFiles(files, 'demo')).bytes);
  }
  return () => {
    vi.unstubAllEnvs();
  };
});

test('an index that is made of its archives is right of them', async () => {
  await indexDirectory(folder, { progress });
  expect(marks()).toBe(1);
  expect(await rebuild()).toEqual([]);
  expect(marks()).toBe(1);
  // What was spared is what a comparison finds.
  rmSync(cache, { recursive: true });
  expect(await rebuild()).toEqual([]);
  expect(marks()).toBe(1);
});

test('an index that takes over another one is compared', async () => {
  const other = join(temporaryFolder(), 'other.yaml');
  writeFileSync(other, 'apiVersion: v1\nentries: {}\n');
  await indexDirectory(folder, { progress, merge: other });
  expect(marks()).toBe(0);
});

test('another index, and other archives, are compared', async () => {
  await indexDirectory(folder, { progress });
  const path = join(folder, 'index.yaml');
  const digest = /digest: (\w+)/.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
  await replaceInFile(path, digest, 'f'.repeat(64));
  expect(await rebuild()).toEqual(['demo-2.0.0.tgz']);
  expect(await rebuild()).toEqual([]);
  const files = fileSet({ 'Chart.yaml': chartYaml('demo', '2.0.0', LARGE), other: '' });
  writeFileSync(join(folder, 'demo-2.0.0.tgz'), (await packFiles(files, 'demo')).bytes);
  expect(await rebuild()).toEqual(['demo-2.0.0.tgz']);
});
