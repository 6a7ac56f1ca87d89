import { renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  movedStatus,
  settledStatus,
  statusText,
} from '../../../generator/src/files/file-status.ts';
import { temporaryFolder } from '../fileset/fixture.ts';

const statusOf = (path: string) => statSync(path, { bigint: true });

/** A file whose last byte was written at a time. */
function fileOf(time: number): string {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, 'text');
  utimesSync(path, time, time);
  return path;
}

/** Moves a file; its status before that, and where it is then. */
function move(path: string): [ReturnType<typeof statusOf>, string] {
  const written = statusOf(path);
  renameSync(path, `${path}.moved`);
  return [written, `${path}.moved`];
}

test('a file that was written before it was moved is told by its status', () => {
  const [written, path] = move(fileOf(1_000_000_000.5));
  const status = movedStatus(written, path);
  expect(status).toBe(statusText(statusOf(path)));
  writeFileSync(path, 'next');
  expect(statusText(statusOf(path))).not.toBe(status);
});

test.each<[string, number]>([
  ['the clock did not tick before the move', Date.now() / 1000 + 3600.5],
  ['the disk keeps whole seconds', 1_000_000_000],
])('where %s nothing is told', (_, time) => {
  const [written, path] = move(fileOf(time));
  expect(movedStatus(written, path)).toBeUndefined();
});

test.each<[string, (path: string) => void]>([
  [
    'written to',
    (path) => {
      writeFileSync(path, 'next');
    },
  ],
  [
    'replaced',
    (path) => {
      writeFileSync(`${path}.new`, 'text');
      utimesSync(`${path}.new`, 1_000_000_000.5, 1_000_000_000.5);
      renameSync(`${path}.new`, path);
    },
  ],
  [
    'gone',
    (path) => {
      rmSync(path);
    },
  ],
])('of a file that is %s since it was moved nothing is told', (_, change) => {
  const [written, path] = move(fileOf(1_000_000_000.5));
  change(path);
  expect(movedStatus(written, path)).toBeUndefined();
});

test('a status tells of a file once it has stayed the same for a while', () => {
  const status = statusOf(fileOf(1_000_000_000));
  // Its times were changed just now.
  expect(settledStatus(status)).toBeUndefined();
  const long = { ...status, ctimeNs: status.mtimeNs };
  expect(settledStatus(long)).toBe(statusText(long));
  const later = { ...long, mtimeNs: status.ctimeNs };
  expect(settledStatus(later)).toBeUndefined();
});
