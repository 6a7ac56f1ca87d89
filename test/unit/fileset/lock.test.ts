import { spawnSync } from 'node:child_process';
import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lock } from '../../../generator/src/fileset/lock.ts';
import { temporaryFolder } from './fixture.ts';

/** Id of a process that has ended. */
const endedProcess = (): number => spawnSync(process.execPath, ['--version']).pid;

function folderLockedBy(holder: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, '.lock'), holder);
  return folder;
}

test('a second run is refused until the first has ended', () => {
  const folder = temporaryFolder();
  const release = lock(folder);
  expect(() => lock(folder)).toThrow(expect.objectContaining({ code: 'BUSY' }));
  release();
  lock(folder)();
  expect(existsSync(join(folder, '.lock'))).toBe(false);
});

test('a lock whose process is gone is taken over', () => {
  const folder = folderLockedBy(`${endedProcess()} ${hostname()}`);
  lock(folder)();
  expect(existsSync(join(folder, '.lock'))).toBe(false);
});

test('a lock of another machine holds for ten minutes', () => {
  const folder = folderLockedBy('1 elsewhere');
  expect(() => lock(folder)).toThrow(expect.objectContaining({ code: 'BUSY' }));
  const past = Date.now() / 1000 - 601;
  utimesSync(join(folder, '.lock'), past, past);
  lock(folder)();
});

test('a lock that another run is just making holds', () => {
  const folder = folderLockedBy('');
  expect(() => lock(folder)).toThrow(expect.objectContaining({ code: 'BUSY' }));
});
