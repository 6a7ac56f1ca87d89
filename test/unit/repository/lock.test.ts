import { spawnSync } from 'node:child_process';
import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { silent } from '../../../generator/src/progress.ts';
import { LOCK_FILE, withLock } from '../../../generator/src/repository/lock.ts';
import { temporaryFolder } from '../fileset/fixture.ts';

const impatient = { progress: silent, waitMilliseconds: 100 };

/** The number of a process that has ended. */
function deadProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

test('one after the other, also within one process, and told so once', async () => {
  const folder = temporaryFolder();
  const messages: string[] = [];
  const progress = (message: string) => messages.push(message);
  let inside = 0;
  const work = async () => {
    inside += 1;
    expect(inside).toBe(1);
    await sleep(120);
    inside -= 1;
  };
  await Promise.all([withLock(folder, { progress }, work), withLock(folder, { progress }, work)]);
  expect(messages).toEqual(['waiting for another process that is publishing there']);
  expect(existsSync(join(folder, LOCK_FILE))).toBe(false);
});

test('the lock is gone when the work fails', async () => {
  const folder = temporaryFolder();
  await expect(withLock(folder, impatient, () => Promise.reject(new Error('x')))).rejects.toThrow(
    'x',
  );
  await withLock(folder, impatient, () => Promise.resolve());
});

test.each([
  ['of a process that has ended', () => `${deadProcess()} ${hostname()}`],
  ['of an earlier process with our number', () => `${process.pid} ${hostname()}`],
])('a lock %s is taken over', async (_, content) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, LOCK_FILE), content());
  expect(await withLock(folder, impatient, () => Promise.resolve('done'))).toBe('done');
});

test('a lock that was never written into, and a take-over that was never ended, hold nobody up', async () => {
  const folder = temporaryFolder();
  for (const name of [LOCK_FILE, `${LOCK_FILE}.takeover`]) {
    writeFileSync(join(folder, name), '');
    utimesSync(join(folder, name), 0, 0);
  }
  expect(await withLock(folder, impatient, () => Promise.resolve('done'))).toBe('done');
});

test.each([
  ['of a running process', () => `${process.ppid} ${hostname()}`],
  ['of another machine', () => `${deadProcess()} elsewhere`],
])('a lock %s is respected', async (_, content) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, LOCK_FILE), content());
  await expect(withLock(folder, impatient, () => Promise.resolve())).rejects.toMatchObject({
    code: 'BUSY',
    message: expect.stringMatching(/^process \d+ on \S+ is publishing there$/) as unknown,
  });
  expect(existsSync(join(folder, LOCK_FILE))).toBe(true);
});
