import { appendFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { readSnapshot } from '../../../generator/src/files/snapshot.ts';
import { temporaryFolder } from '../fileset/fixture.ts';

const AN_HOUR = 3_600_000;

afterEach(() => {
  vi.useRealTimers();
});

/** A file that holds `old`, last changed so long ago. */
function fileOf(age: number): string {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, 'old');
  const time = new Date(Date.now() - age);
  utimesSync(file, time, time);
  return file;
}

const changes: [string, (file: string) => void][] = [
  [
    'replaced by a file of the same bytes',
    (file) => {
      writeFileSync(`${file}.new`, 'old');
      renameSync(`${file}.new`, file);
    },
  ],
  [
    'written over in place',
    (file) => {
      writeFileSync(file, 'new');
    },
  ],
  [
    'longer',
    (file) => {
      const { atime, mtime } = statSync(file);
      appendFileSync(file, 'er');
      utimesSync(file, atime, mtime);
    },
  ],
  [
    'gone',
    (file) => {
      rmSync(file);
    },
  ],
];

test.each([0, AN_HOUR])('a file of %i ms that stays is the one that was read', (age) => {
  const { bytes, isCurrent } = readSnapshot(fileOf(age));
  expect(bytes?.toString()).toBe('old');
  expect(isCurrent()).toBe(true);
});

test.each(
  changes.flatMap(([how, change]) => [0, AN_HOUR].map((age) => [age, how, change] as const)),
)('a file of %i ms that is %s is another one', (age, _, change) => {
  const file = fileOf(age);
  const { isCurrent } = readSnapshot(file);
  change(file);
  expect(isCurrent()).toBe(false);
});

test('other bytes of the same length within one tick of the clock are seen', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  const file = fileOf(0);
  const { atime, mtime } = statSync(file);
  const { isCurrent } = readSnapshot(file);
  writeFileSync(file, 'new');
  utimesSync(file, atime, mtime);
  expect(isCurrent()).toBe(false);
});

test('where there is no file, one that appears is seen', () => {
  const file = join(temporaryFolder(), 'file');
  const { bytes, isCurrent } = readSnapshot(file);
  expect(bytes).toBeUndefined();
  expect(isCurrent()).toBe(true);
  writeFileSync(file, '');
  expect(isCurrent()).toBe(false);
});

test('what cannot be read is a system error', () => {
  expect(() => readSnapshot(temporaryFolder())).toThrow('EISDIR');
});
