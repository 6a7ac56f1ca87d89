import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterEach, expect, test, vi } from 'vitest';
import { silent } from '../../../../generator/src/progress.ts';
import {
  readDirectoryIndex,
  updateDirectoryIndex,
  withDirectoryLock,
} from '../../../../generator/src/repository/directory/directory-index.ts';
import type { IndexEdit } from '../../../../generator/src/repository/index-file/types.ts';
import { temporaryFolder, textsIn, write } from '../../fileset/fixture.ts';
import { entry } from '../fixture.ts';

const INDEX = 'index.yaml';

afterEach(() => {
  vi.unstubAllEnvs();
});

const add = (chart: string, version = '1.0.0'): IndexEdit => ({
  kind: 'add',
  chart,
  entry: entry(chart, version),
});

const textOf = (folder: string) => readFileSync(join(folder, INDEX), 'utf8');
const chartsIn = (folder: string) =>
  Object.keys((load(textOf(folder)) as { entries: object }).entries);

/** A program that knows no lock writes the whole file, by rename as Helm does, or in place. */
function writeAsOthers(path: string, text: string, how: 'rename' | 'in place'): void {
  const script = `
    const fs = require('node:fs');
    const [path, text, how] = process.argv.slice(1);
    const target = how === 'rename' ? path + '.theirs' : path;
    fs.writeFileSync(target, text);
    if (how === 'rename') fs.renameSync(target, path);`;
  execFileSync(process.execPath, ['-e', script, path, text, how]);
}

const theirs = (...charts: string[]) =>
  `apiVersion: v1\nentries:\n${charts
    .map((chart) => `  ${chart}:\n  - name: ${chart}\n    version: 1.0.0\n    urls:\n    - x\n`)
    .join('')}# theirs\n`;

test('a new index bears the time it was made, an old one keeps it', async () => {
  vi.stubEnv('SOURCE_DATE_EPOCH', '1700000000');
  const folder = temporaryFolder();
  expect(await updateDirectoryIndex(folder, INDEX, () => [add('one')])).toBe(true);
  const generated = 'generated: "2023-11-14T22:13:20Z"\n';
  expect(textOf(folder)).toContain(generated);
  vi.stubEnv('SOURCE_DATE_EPOCH', '1800000000');
  expect(await updateDirectoryIndex(folder, INDEX, () => [add('two')])).toBe(true);
  expect(textOf(folder)).toContain(generated);
  expect(chartsIn(folder)).toEqual(['one', 'two']);
});

test('an index in a folder that is not there yet is made with it', async () => {
  const folder = temporaryFolder();
  await updateDirectoryIndex(folder, 'archive/index.yaml', () => [add('one')]);
  expect(chartsIn(join(folder, 'archive'))).toEqual(['one']);
});

test('where nothing is to be changed nothing is written', async () => {
  const folder = temporaryFolder();
  expect(await updateDirectoryIndex(folder, INDEX, () => [])).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
  write(join(folder, INDEX), theirs('one'));
  const { ino } = statSync(join(folder, INDEX));
  expect(await updateDirectoryIndex(folder, INDEX, () => [])).toBe(false);
  expect(statSync(join(folder, INDEX)).ino).toBe(ino);
});

test.each(['rename', 'in place'] as const)(
  'what another program writes (%s) between our reading and writing is not lost',
  async (how) => {
    const folder = temporaryFolder();
    write(join(folder, INDEX), theirs('one'));
    const seen: string[][] = [];
    const changed = await updateDirectoryIndex(folder, INDEX, ({ document }) => {
      seen.push([...document.charts.keys()]);
      if (seen.length === 1) writeAsOthers(join(folder, INDEX), theirs('one', 'two'), how);
      return [add('zero')];
    });
    expect(changed).toBe(true);
    expect(seen).toEqual([['one'], ['one', 'two']]);
    expect(chartsIn(folder).toSorted()).toEqual(['one', 'two', 'zero']);
    expect(textOf(folder)).toContain('# theirs');
    expect(readdirSync(folder)).toEqual([INDEX]);
  },
);

test('a first index that another program makes at the same time is not lost', async () => {
  const folder = temporaryFolder();
  let calls = 0;
  await updateDirectoryIndex(folder, INDEX, ({ exists }) => {
    expect(exists).toBe(calls > 0);
    if (calls++ === 0) writeAsOthers(join(folder, INDEX), theirs('one'), 'rename');
    return [add('two')];
  });
  expect(chartsIn(folder)).toEqual(['one', 'two']);
});

test('an index that does not stop changing is left to the other program', async () => {
  const folder = temporaryFolder();
  const path = join(folder, INDEX);
  write(path, theirs('one'));
  let last = '';
  const update = updateDirectoryIndex(folder, INDEX, () => {
    last = theirs(`v${last.length}`);
    writeFileSync(path, last);
    return [add('two')];
  });
  await expect(update).rejects.toMatchObject({
    code: 'BUSY',
    message: expect.stringContaining(path) as string,
    next: expect.stringContaining('Try again') as string,
  });
  expect(textsIn(folder)).toEqual({ [INDEX]: last });
});

test('an index that another program is in the middle of writing is not touched', async () => {
  const folder = temporaryFolder();
  write(join(folder, INDEX), 'apiVersion: v1\nentries:\n  one:\n  - name: "on');
  const before = textsIn(folder);
  await expect(updateDirectoryIndex(folder, INDEX, () => [add('two')])).rejects.toMatchObject({
    code: 'INDEX_INVALID',
  });
  expect(textsIn(folder)).toEqual(before);
});

test('index.json is kept in step where it is there', async () => {
  const folder = temporaryFolder();
  write(join(folder, 'index.json'), '{}');
  await updateDirectoryIndex(folder, INDEX, () => [add('one')]);
  expect(JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))).toMatchObject({
    apiVersion: 'v1',
    entries: { one: [{ version: '1.0.0' }] },
  });
  const { ino } = statSync(join(folder, 'index.json'));
  await updateDirectoryIndex(folder, INDEX, () => []);
  expect(statSync(join(folder, 'index.json')).ino).toBe(ino);
});

test('what a killed run left is gone once the folder is locked', async () => {
  const folder = temporaryFolder();
  write(join(folder, '.writing.tmp'), 'half');
  await withDirectoryLock(folder, silent, () => {
    expect(readdirSync(folder)).toEqual(['.lock']);
    return Promise.resolve();
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('an index that cannot be read is no bug', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, INDEX));
  await expect(readDirectoryIndex(folder)).rejects.toMatchObject({ code: 'FILE_SYSTEM' });
  await expect(updateDirectoryIndex(folder, INDEX, () => [])).rejects.toMatchObject({
    code: 'FILE_SYSTEM',
  });
});
