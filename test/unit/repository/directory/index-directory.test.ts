import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { silent } from '../../../../generator/src/progress.ts';
import { indexDirectory } from '../../../../generator/src/repository/directory/index-directory.ts';
import { archiveOf } from '../../archive/fixture.ts';
import { temporaryFolder, textsIn, write } from '../../fileset/fixture.ts';

const progress = silent;
const readIndex = (folder: string) => readFileSync(join(folder, 'index.yaml'), 'utf8');
const versions = (folder: string) =>
  Object.values(
    (load(readIndex(folder)) as { entries: Record<string, { version: string; urls: string[] }[]> })
      .entries,
  )
    .flat()
    .map(({ version, urls }) => `${version} ${urls.join()}`);

async function folderOf(archives: Record<string, string>): Promise<string> {
  const folder = temporaryFolder();
  for (const [path, version] of Object.entries(archives)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), (await archiveOf('demo', version)).bytes);
  }
  return folder;
}

test('archives in the folder and in its folders are added, under the names they have', async () => {
  const folder = await folderOf({
    'a b.tgz': '1.0.0+1',
    'sub/demo-2.tgz': '1.0.0+2',
    'sub/sub/x.tgz': '3.0.0',
    '.hidden/x.tgz': '4.0.0',
  });
  const { added, changed } = await indexDirectory(folder, { progress });
  expect([added.length, changed]).toEqual([2, true]);
  expect(versions(folder)).toEqual(['1.0.0+2 sub/demo-2.tgz', '1.0.0+1 a%20b.tgz']);
});

test('an index that lacks nothing is not written', async () => {
  const folder = await folderOf({ 'demo-1.0.0.tgz': '1.0.0' });
  await indexDirectory(folder, { progress });
  const before = statSync(join(folder, 'index.yaml')).ino;
  expect(await indexDirectory(folder, { progress, url: 'https://example.com' })).toMatchObject({
    added: [],
    changed: false,
  });
  expect(statSync(join(folder, 'index.yaml')).ino).toBe(before);
});

test('entries whose archives are elsewhere stay', async () => {
  const folder = await folderOf({ 'demo-1.0.0.tgz': '1.0.0' });
  write(
    join(folder, 'index.yaml'),
    'apiVersion: v1\nannotations: { a: b }\nentries: { demo: [{ name: demo, version: 0.9.0, created: "2001-01-01T00:00:00Z", urls: [https://a.b/c] }] }\n',
  );
  await indexDirectory(folder, { progress, url: 'https://example.com/x' });
  expect(versions(folder)).toEqual([
    '1.0.0 https://example.com/x/demo-1.0.0.tgz',
    '0.9.0 https://a.b/c',
  ]);
  expect(readIndex(folder)).toContain('created: "2001-01-01T00:00:00Z"');
  expect(readIndex(folder)).toContain('annotations:');
});

test('another index is merged by exact version', async () => {
  const folder = await folderOf({ 'demo.tgz': '1.0.0+2' });
  const merge = join(temporaryFolder(), 'old.yaml');
  write(
    merge,
    'apiVersion: v1\nentries: { demo: [{ name: demo, version: 1.0.0+1, urls: [old] }], gone: [{ name: gone, version: 1.0.0, urls: [gone] }] }\n',
  );
  await indexDirectory(folder, { progress, merge });
  expect(versions(folder)).toEqual(['1.0.0+2 demo.tgz', '1.0.0+1 old', '1.0.0 gone']);
  expect(await indexDirectory(folder, { progress, merge })).toMatchObject({ changed: false });
});

test('an index to merge that is not there is a typing error', async () => {
  const folder = await folderOf({ 'demo.tgz': '1.0.0' });
  const merge = join(folder, 'none.yaml');
  await expect(indexDirectory(folder, { progress, merge })).rejects.toMatchObject({
    code: 'USAGE',
  });
  expect(Object.keys(textsIn(folder))).toEqual(['demo.tgz']);
});

test('an archive that is not the one the index names is refused', async () => {
  const folder = await folderOf({ 'demo.tgz': '1.0.0' });
  await indexDirectory(folder, { progress });
  const before = readIndex(folder);
  writeFileSync(join(folder, 'demo.tgz'), (await archiveOf('demo', '1.0.0', 'other: 1\n')).bytes);
  await expect(indexDirectory(folder, { progress })).rejects.toMatchObject({
    code: 'VERSION_EXISTS',
  });
  expect(readIndex(folder)).toBe(before);
});

test('one version in two files is one entry, with other bytes an error', async () => {
  const folder = await folderOf({ 'a.tgz': '1.0.0', 'b.tgz': '1.0.0' });
  await indexDirectory(folder, { progress });
  expect(versions(folder)).toEqual(['1.0.0 a.tgz']);
  writeFileSync(join(folder, 'b.tgz'), (await archiveOf('demo', '1.0.0', 'other: 1\n')).bytes);
  await expect(indexDirectory(folder, { progress })).rejects.toMatchObject({
    code: 'VERSION_EXISTS',
  });
});

test('archives that cannot be read are listed, the others indexed', async () => {
  const folder = await folderOf({ 'good.tgz': '1.0.0' });
  write(join(folder, 'bad.tgz'), 'no archive');
  write(join(folder, 'worse.tgz', 'file'), 'a folder');
  const { added, unreadable } = await indexDirectory(folder, { progress });
  expect(added.map(({ version }) => version)).toEqual(['1.0.0']);
  expect(unreadable).toEqual([
    { file: 'bad.tgz', message: expect.stringContaining('it is not a gzip file') as unknown },
  ]);
});

test('an empty folder gets an empty index', async () => {
  const folder = temporaryFolder();
  expect(await indexDirectory(folder, { progress })).toMatchObject({ changed: true });
  expect(load(readIndex(folder))).toMatchObject({ apiVersion: 'v1', entries: {} });
});

test('a folder that is not there is no bug', async () => {
  await expect(indexDirectory('/nonexistent/folder', { progress })).rejects.toMatchObject({
    code: 'USAGE',
  });
});
