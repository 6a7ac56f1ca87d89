import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeUnfinished, replaceFile } from '../../../generator/src/files/replace-file.ts';
import { temporaryFolder, textsIn } from '../fileset/fixture.ts';

test('a file is made and replaced, readable by all', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'file');
  for (const text of ['old', 'new']) {
    replaceFile(file, text);
    expect(textsIn(folder)).toEqual({ file: text });
  }
  expect(statSync(file).mode & 0o777).toBe(0o644);
});

test('what a killed run left does no harm, not even as a link to elsewhere', () => {
  const folder = temporaryFolder();
  const precious = join(temporaryFolder(), 'file');
  writeFileSync(precious, 'precious');
  symlinkSync(precious, join(folder, '.writing.tmp'));
  replaceFile(join(folder, 'file'), 'new');
  expect(textsIn(folder)).toEqual({ file: 'new' });
  expect(readFileSync(precious, 'utf8')).toBe('precious');
});

test('a place that cannot be taken stays as it is, and nothing is left beside it', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'place'));
  expect(() => {
    replaceFile(join(folder, 'place'), 'new');
  }).toThrow(expect.objectContaining({ syscall: 'rename' }));
  expect(readdirSync(folder)).toEqual(['place']);
});

test('a file that must not be replaced any more stays, and nothing is left beside it', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'file');
  writeFileSync(file, 'old');
  const asked = () => {
    expect(textsIn(folder)).toEqual({ file: 'old', '.writing.tmp': 'new' });
    return false;
  };
  expect(replaceFile(file, 'new', asked)).toBe(false);
  expect(textsIn(folder)).toEqual({ file: 'old' });
  expect(replaceFile(file, 'new', () => true)).toBe(true);
  expect(textsIn(folder)).toEqual({ file: 'new' });
});

test('what a killed run left is removed', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, '.writing.tmp'), 'x');
  removeUnfinished(folder);
  removeUnfinished(folder);
  expect(readdirSync(folder)).toEqual([]);
});
