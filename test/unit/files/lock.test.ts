import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { lockOf, withLock } from '../../../generator/src/files/lock.ts';
import { silent } from '../../../generator/src/progress.ts';
import { temporaryDisk, temporaryFolder } from '../fileset/fixture.ts';

const CHILD = fileURLToPath(new URL('lock-child.ts', import.meta.url));

const impatient = { progress: silent, busy: 'is at work there', waitMilliseconds: 100 };
const patient = { ...impatient, waitMilliseconds: 60_000 };
const done = () => Promise.resolve('done');

afterEach(() => {
  vi.useRealTimers();
});

/** The number of a process that has ended. */
const deadProcess = () => spawnSync(process.execPath, ['--version']).pid;

function lockWith(content: string): string {
  const lock = lockOf(temporaryFolder());
  writeFileSync(lock, content);
  return lock;
}

function touchedAgo(path: string, seconds: number): void {
  const time = Date.now() / 1000 - seconds;
  utimesSync(path, time, time);
}

test('one after the other, also within one process, and told so once', async () => {
  const lock = lockOf(temporaryFolder());
  const messages: string[] = [];
  const options = { ...patient, progress: (message: string) => messages.push(message) };
  let inside = 0;
  const work = async () => {
    inside += 1;
    expect(inside).toBe(1);
    expect(readFileSync(lock, 'utf8')).toBe(`${process.pid} ${hostname()}`);
    await sleep(120);
    inside -= 1;
  };
  await Promise.all([withLock(lock, options, work), withLock(lock, options, work)]);
  expect(messages).toEqual(['waiting for another process that is at work there']);
  expect(existsSync(lock)).toBe(false);
});

test('many calls of one process never work at once', async () => {
  const lock = lockWith(`${process.pid} ${hostname()}`);
  let inside = 0;
  const work = async () => {
    inside += 1;
    expect(inside).toBe(1);
    await sleep(1);
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 20 }, () => withLock(lock, patient, work)));
});

test('a second call is refused until the first has ended, whatever it calls the place', async () => {
  const folder = temporaryFolder();
  await withLock(lockOf(folder), impatient, async () => {
    const second = withLock(`${folder}/./.lock`, impatient, done);
    await expect(second).rejects.toMatchObject({
      code: 'BUSY',
      message: `process ${process.pid} on ${hostname()} is at work there`,
    });
  });
  expect(await withLock(lockOf(folder), impatient, done)).toBe('done');
  expect(readdirSync(folder)).toEqual([]);
});

test('the lock is gone when the work fails', async () => {
  const lock = lockOf(temporaryFolder());
  await expect(withLock(lock, impatient, () => Promise.reject(new Error('x')))).rejects.toThrow(
    'x',
  );
  expect(existsSync(lock)).toBe(false);
  await withLock(lock, impatient, done);
});

test.each(['SIGINT', 'SIGKILL'] as const)('%s holds no later run up', async (signal) => {
  const lock = lockOf(temporaryFolder());
  const child = spawn(process.execPath, [CHILD, lock], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill(signal);
  await once(child, 'exit');
  expect(existsSync(lock)).toBe(signal === 'SIGKILL');
  expect(await withLock(lock, impatient, done)).toBe('done');
  expect(existsSync(lock)).toBe(false);
});

test.each([
  ['of a process that has ended', () => `${deadProcess()} ${hostname()}`],
  ['of an earlier process with our number', () => `${process.pid} ${hostname()}`],
])('a lock %s is taken over', async (_, content) => {
  const lock = lockWith(content());
  expect(await withLock(lock, impatient, done)).toBe('done');
  expect(existsSync(lock)).toBe(false);
});

test('a lock that was never written into, and a take-over that was never ended, hold nobody up', async () => {
  const lock = lockWith('');
  writeFileSync(`${lock}.takeover`, '');
  touchedAgo(lock, 6);
  touchedAgo(`${lock}.takeover`, 6);
  expect(await withLock(lock, impatient, done)).toBe('done');
});

test('a lock that another process is just making holds', async () => {
  const lock = lockWith('');
  // Just now, however long the test takes.
  touchedAgo(lock, -3600);
  await expect(withLock(lock, impatient, done)).rejects.toMatchObject({
    code: 'BUSY',
    message: 'another process is at work there',
  });
});

test.each([
  ['of a running process', () => `${process.ppid} ${hostname()}`],
  ['of another machine', () => `${deadProcess()} elsewhere`],
])('a lock %s is respected', async (_, content) => {
  const lock = lockWith(content());
  await expect(withLock(lock, impatient, done)).rejects.toMatchObject({
    code: 'BUSY',
    message: expect.stringMatching(/^process \d+ on \S+ is at work there$/) as unknown,
  });
  expect(existsSync(lock)).toBe(true);
});

test('a lock of another machine holds for ten minutes', async () => {
  const lock = lockWith('1 elsewhere');
  touchedAgo(lock, 540);
  await expect(withLock(lock, impatient, done)).rejects.toMatchObject({ code: 'BUSY' });
  touchedAgo(lock, 660);
  expect(await withLock(lock, impatient, done)).toBe('done');
});

test('a holder shows other machines every minute that it is alive', async () => {
  const lock = lockOf(temporaryFolder());
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  await withLock(lock, impatient, async () => {
    touchedAgo(lock, 300);
    vi.advanceTimersByTime(60_000);
    await expect.poll(() => Date.now() - statSync(lock).mtimeMs).toBeLessThan(200_000);
  });
});

test('a full disk leaves no lock that holds the next run up', async ({ skip }) => {
  const disk = temporaryDisk('size=4k');
  if (disk === undefined) return skip('needs the right to mount a tmpfs');
  writeFileSync(join(disk, 'full'), 'x'.repeat(4096));
  await expect(withLock(lockOf(disk), impatient, done)).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(readdirSync(disk)).toEqual(['full']);
});
