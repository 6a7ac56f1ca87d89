import { existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, requireFolder } from '../../../generator/src/files/folder.ts';
import { temporaryDisk, temporaryFolder } from '../fileset/fixture.ts';

test('makes what is missing, and again without complaint, also by a relative path or a link', () => {
  const folder = temporaryFolder();
  const deep = join(folder, 'a', 'b', 'c');
  makeFolder(deep);
  makeFolder(`${deep}/`);
  expect(statSync(deep).isDirectory()).toBe(true);
  makeFolder(relative(process.cwd(), join(folder, 'd', 'e')));
  expect(existsSync(join(folder, 'd', 'e'))).toBe(true);
  symlinkSync('a', join(folder, 'link'));
  makeFolder(join(folder, 'link', 'f'));
  expect(existsSync(join(folder, 'a', 'f'))).toBe(true);
});

test('a file in the way is told', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  for (const path of [file, join(file, 'a', 'b')])
    expect(() => {
      makeFolder(path);
    }).toThrow('EEXIST');
});

test('a file system that is read-only is called that', ({ skip }) => {
  const disk = temporaryDisk('ro');
  if (disk === undefined) return skip('needs the right to mount a tmpfs');
  expect(() => {
    makeFolder(join(disk, 'a', 'b'));
  }).toThrow('EROFS');
});

test.skipIf(!existsSync('/proc/self'))('a place that holds no folders is told', () => {
  expect(() => {
    makeFolder('/proc/none/a');
  }).toThrow('mkdir');
});

test('what is no folder is refused with what to do', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'file');
  writeFileSync(file, '');
  mkdirSync(join(folder, 'folder'));
  requireFolder(join(folder, 'folder'), 'Do this.');
  for (const path of [file, join(file, 'x'), join(folder, 'none')])
    expect(() => {
      requireFolder(path, 'Do this.');
    }).toThrow(expect.objectContaining({ code: 'USAGE', next: 'Do this.' }) as Error);
});
