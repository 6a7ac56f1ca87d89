import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileHolds } from '../../../generator/src/files/holds.ts';
import { temporaryFolder } from '../fileset/fixture.ts';

// More than is read at once, and no multiple of it.
const LONG = Buffer.alloc((2 << 20) + 3, 'abc');

test.each([
  ['the same bytes', 'text', 'text', true],
  ['nothing', '', '', true],
  ['other bytes', 'text', 'test', false],
  ['more', 'text', 'texts', false],
  ['less', 'text', 'tex', false],
])('a file with %s', (_, content, held, expected) => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, held);
  expect(fileHolds(file, Buffer.from(content))).toBe(expected);
});

test('a long file that differs in its last byte', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, LONG);
  expect(fileHolds(file, LONG)).toBe(true);
  const other = Buffer.from(LONG).fill('x', LONG.length - 1);
  expect(fileHolds(file, other)).toBe(false);
});

test('a file that is not there is a system error', () => {
  expect(() => fileHolds('/nonexistent/file', LONG)).toThrow('ENOENT');
});
