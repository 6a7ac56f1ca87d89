import { existsSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCacheFile, writeCacheFile } from '../../../generator/src/files/cache-file.ts';
import { temporaryFolder, textsIn } from '../fileset/fixture.ts';

const DAY_SECONDS = 86_400;
const daysAgo = (days: number) => Date.now() / 1000 - days * DAY_SECONDS;

test('what was written is read, in a folder that is made', async () => {
  const file = join(temporaryFolder(), 'a', 'b');
  await writeCacheFile(file, ['one ', 'and två']);
  expect((await readCacheFile(file))?.toString()).toBe('one and två');
});

test('what was changed or cut off is not read', async () => {
  const file = join(temporaryFolder(), 'a');
  await writeCacheFile(file, ['one']);
  const bytes = readFileSync(file);
  for (let length = 0; length < bytes.length; length += 1) {
    writeFileSync(file, bytes.subarray(0, length));
    expect(await readCacheFile(file)).toBeUndefined();
  }
  expect(await readCacheFile(`${file}.none`)).toBeUndefined();
});

test('a write that fails leaves what was there', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'a');
  await writeCacheFile(file, ['one']);
  const before = textsIn(folder);
  const parts = (function* () {
    yield 'two';
    throw new Error('no more');
  })();
  await expect(writeCacheFile(file, parts)).rejects.toThrow('no more');
  expect(textsIn(folder)).toEqual(before);
});

test('what was not used for a month goes, what was read stays', async () => {
  const folder = temporaryFolder();
  const unused = join(folder, 'unused');
  const used = join(folder, 'used');
  const other = join(folder, 'other');
  for (const file of [unused, used]) await writeCacheFile(file, ['old']);
  for (const file of [unused, used]) utimesSync(file, daysAgo(31), daysAgo(31));
  await readCacheFile(used);
  await writeCacheFile(other, ['new']);
  expect([unused, used, other].map((file) => existsSync(file))).toEqual([false, true, true]);
});

test('of more than half a gigabyte what was not used for longest goes', async () => {
  const folder = temporaryFolder();
  const [oldest = '', old = '', other = ''] = ['a', 'b', 'c'].map((name) => join(folder, name));
  for (const [file, days] of [
    [oldest, 3],
    [old, 2],
  ] as const) {
    writeFileSync(file, '');
    // Takes no room on the disk.
    truncateSync(file, 300 * 1024 * 1024);
    utimesSync(file, daysAgo(days), daysAgo(days));
  }
  await writeCacheFile(other, 'new');
  expect([oldest, old, other].map((file) => existsSync(file))).toEqual([false, true, true]);
});

test('a long text is not written letter by letter', async () => {
  const file = join(temporaryFolder(), 'a');
  // By letters this takes minutes.
  const text = 'ten bytes\n'.repeat(1_000_000);
  await writeCacheFile(file, text);
  expect((await readCacheFile(file))?.equals(Buffer.from(text))).toBe(true);
});
