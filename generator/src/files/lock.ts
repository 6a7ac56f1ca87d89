import { utimes } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../errors.ts';
import type { Progress } from '../progress.ts';
import { atExit } from './at-exit.ts';
import { guardOf, isStale, readHolder, release, removeStale, take } from './lock-file.ts';

const POLL_MILLISECONDS = 50;
const BEAT_MILLISECONDS = 60_000;

export interface LockOptions {
  progress: Progress;
  /** What the holder does, to follow "process 12 on host": `is writing dist/charts`. */
  busy: string;
  /** How long to wait for the holder. */
  waitMilliseconds: number;
}

/** The lock of a folder, by which its writers take turns. */
export function lockOf(directory: string): string {
  return join(directory, '.lock');
}

/** Every file that the lock of a folder can put there. */
export function lockFiles(directory: string): string[] {
  const lock = lockOf(directory);
  return [lock, guardOf(lock)];
}

/**
 * Runs `work` while no other process, and no other call, does under the same lock: a file that
 * holds `<process> <host>`. The lock of a holder that is gone is taken over.
 * @throws UserError BUSY when another one holds it for too long; system errors.
 */
export async function withLock<T>(
  path: string,
  options: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const lock = resolve(path);
  await acquire(lock, options);
  const callOff = atExit(() => {
    release(lock);
  });
  const beat = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => undefined);
  }, BEAT_MILLISECONDS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    callOff();
    release(lock);
  }
}

async function acquire(
  path: string,
  { progress, busy, waitMilliseconds }: LockOptions,
): Promise<void> {
  const deadline = Date.now() + waitMilliseconds;
  let told = false;
  while (!(await take(path))) {
    if (await isStale(path)) await removeStale(path);
    else if (Date.now() > deadline) {
      const [pid, host] = await readHolder(path);
      const holder = host === undefined ? 'another process' : `process ${pid} on ${host}`;
      throw new UserError('BUSY', `${holder} ${busy}`, {
        next: `Try again when it is done, or remove ${path} if it no longer runs.`,
      });
    } else {
      if (!told) progress(`waiting for another process that ${busy}`);
      told = true;
    }
    await sleep(POLL_MILLISECONDS);
  }
}
