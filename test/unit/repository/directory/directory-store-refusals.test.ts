import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { silent } from '../../../../generator/src/progress.ts';
import { DirectoryStore } from '../../../../generator/src/repository/directory/directory-store.ts';
import { archiveOf } from '../../archive/fixture.ts';
import { temporaryDisk, temporaryFolder, textsIn, write } from '../../fileset/fixture.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('other bytes under a published version stop everything', async () => {
  const folder = temporaryFolder();
  const old = await archiveOf('demo', '1.0.0', 'a: 1\n');
  await new DirectoryStore(folder).publish([old], silent);
  const before = textsIn(folder);
  const changed = await archiveOf('demo', '1.0.0', 'a: 2\n');
  await expect(
    new DirectoryStore(folder).publish([await archiveOf('other'), changed], silent),
  ).rejects.toMatchObject({
    code: 'VERSION_EXISTS',
    problems: [
      {
        message: expect.stringMatching(
          `demo 1.0.0 is sha256:${changed.digest}.*sha256:${old.digest}`,
        ) as unknown,
      },
    ],
  });
  expect(textsIn(folder)).toEqual(before);
});

test('two archives of one version in one run must be the same', async () => {
  const archives = [
    await archiveOf('demo', '1.0.0', 'a: 1\n'),
    await archiveOf('demo', '1.0.0', 'a: 2\n'),
  ];
  const folder = temporaryFolder();
  await expect(new DirectoryStore(folder).publish(archives, silent)).rejects.toMatchObject({
    code: 'VERSION_EXISTS',
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('two versions whose file has one name do not overwrite each other', async () => {
  const archives = [await archiveOf('a', '1-2.0.0'), await archiveOf('a-1', '2.0.0')];
  await expect(
    new DirectoryStore(temporaryFolder()).publish(archives, silent),
  ).rejects.toMatchObject({ code: 'VERSION_EXISTS' });
});

test('a file of other bytes that no index names is not overwritten', async () => {
  const folder = temporaryFolder();
  write(join(folder, 'demo-1.0.0.tgz'), 'of somebody');
  const store = new DirectoryStore(folder);
  await expect(store.publish([await archiveOf()], silent)).rejects.toMatchObject({
    code: 'VERSION_EXISTS',
  });
  expect(textsIn(folder)).toEqual({ 'demo-1.0.0.tgz': 'of somebody' });
});

test('a version that the index has with another digest is refused though its file is gone', async () => {
  const folder = temporaryFolder();
  write(
    join(folder, 'index.yaml'),
    `apiVersion: v1\nentries: { demo: [{ name: demo, version: 1.0.0, urls: [x], digest: "sha256:${'0'.repeat(64)}" }] }\n`,
  );
  await expect(
    new DirectoryStore(folder).publish([await archiveOf()], silent),
  ).rejects.toMatchObject({ code: 'VERSION_EXISTS' });
});

test('a full disk is said, the index stays as it was, and the next run works', async ({ skip }) => {
  const disk = temporaryDisk('size=64k');
  if (disk === undefined) return skip('needs the right to mount a tmpfs');
  const store = new DirectoryStore(disk);
  await store.publish([await archiveOf('one')], silent);
  const before = textsIn(disk);
  const large = await archiveOf('large', '1.0.0', `a: ${randomBytes(100_000).toString('hex')}\n`);
  await expect(store.publish([await archiveOf('two'), large], silent)).rejects.toMatchObject({
    code: 'FILE_SYSTEM',
    message: expect.stringContaining('no space left on device') as string,
    next: expect.stringContaining('Free some disk space') as string,
  });
  const { 'two-1.0.0.tgz': written, ...after } = textsIn(disk);
  expect(written).toBeDefined();
  expect(after).toEqual(before);
  expect(await store.publish([await archiveOf('two')], silent)).toMatchObject({
    uploads: [],
    additions: [{ name: 'two' }],
  });
});

test('a folder that is read-only is called that', async ({ skip }) => {
  const disk = temporaryDisk('size=64k');
  if (disk === undefined) return skip('needs the right to mount a tmpfs');
  await new DirectoryStore(disk).publish([await archiveOf('one')], silent);
  const before = textsIn(disk);
  execFileSync('mount', ['-o', 'remount,ro', disk]);
  await expect(
    new DirectoryStore(disk).publish([await archiveOf('two')], silent),
  ).rejects.toMatchObject({
    code: 'FILE_SYSTEM',
    message: expect.stringContaining(disk) as string,
    next: expect.stringContaining('can be written') as string,
  });
  expect(textsIn(disk)).toEqual(before);
});

test('a damaged index is not overwritten', async () => {
  const folder = temporaryFolder();
  write(join(folder, 'index.yaml'), 'apiVersion: v1\nentries: {');
  await expect(
    new DirectoryStore(folder).publish([await archiveOf()], silent),
  ).rejects.toMatchObject({ code: 'INDEX_INVALID' });
  expect(textsIn(folder)).toEqual({ 'index.yaml': 'apiVersion: v1\nentries: {' });
});

test('a place that is no folder is no bug', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  await expect(new DirectoryStore(file).publish([await archiveOf()], silent)).rejects.toMatchObject(
    { code: 'FILE_SYSTEM' },
  );
});
