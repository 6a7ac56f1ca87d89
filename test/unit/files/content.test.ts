import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bytesOf, chunksOf, type Content, lengthOf } from '../../../generator/src/files/content.ts';
import { fileHolds } from '../../../generator/src/files/holds.ts';
import { OpenFile } from '../../../generator/src/files/open-file.ts';
import { replaceFile } from '../../../generator/src/files/replace-file.ts';
import { temporaryFolder, textsIn } from '../fileset/fixture.ts';

// More than is read at once, and no multiple of it.
const LONG = Buffer.alloc((2 << 20) + 3, 'abc');

/** A file that holds LONG, open. */
function longFile(): { path: string; file: OpenFile } {
  const path = join(temporaryFolder(), 'long');
  writeFileSync(path, LONG);
  return { path, file: new OpenFile(path) };
}

test.each<[string, (file: OpenFile) => Content, Buffer]>([
  ['a text', () => 'é', Buffer.from('é')],
  ['nothing', () => [], Buffer.of()],
  ['bytes', () => LONG, LONG],
  ['a file', (file) => [{ file, start: 0, end: LONG.length }], LONG],
  [
    'parts of a file and bytes',
    (file) => [
      { file, start: 0, end: 4 },
      Buffer.from('new'),
      { file, start: 4, end: 4 },
      { file, start: 4, end: LONG.length },
    ],
    Buffer.concat([LONG.subarray(0, 4), Buffer.from('new'), LONG.subarray(4)]),
  ],
])('%s is given piece by piece', (_, contentOf, expected) => {
  const { file } = longFile();
  const content = contentOf(file);
  expect(lengthOf(content)).toBe(expected.length);
  const sizes = Array.from(chunksOf(content), ({ length }) => length);
  expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(1 << 20);
  expect(bytesOf(content).equals(expected)).toBe(true);
  const copy = join(temporaryFolder(), 'copy');
  expect(replaceFile(copy, content)).toBe(true);
  expect(fileHolds(copy, expected)).toBe(true);
  file.close();
});

test('a file that becomes shorter while it is copied is not taken for copied', () => {
  const { path, file } = longFile();
  const content = [{ file, start: 0, end: LONG.length }];
  truncateSync(path, 5);
  expect(bytesOf(content).toString()).toBe('abcab');
  const folder = temporaryFolder();
  const copy = join(folder, 'copy');
  expect(() => replaceFile(copy, content)).toThrow(
    expect.objectContaining({ code: 'FILE_SYSTEM' }),
  );
  // Whoever knows that it changed starts again.
  expect(replaceFile(copy, content, () => false)).toBe(false);
  expect(textsIn(folder)).toEqual({});
  file.close();
});
