import { rmSync } from 'node:fs';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isSystemError, UserError } from '../errors.ts';
import type { Progress } from '../progress.ts';

/** Holds `<process> <host>` of the writer; its name is not served. */
export const LOCK_FILE = '.publish.lock';

const POLL_MILLISECONDS = 50;
/** Taking over a lock takes milliseconds; whoever needs longer was killed at it. */
const TAKE_OVER_MILLISECONDS = 5000;

/** Locks of this process: its own number in a lock file says nothing about whether it holds it. */
const held = new Set<string>();

export interface LockOptions {
  progress: Progress;
  /** How long to wait for another writer. */
  waitMilliseconds?: number;
}

/** Makes a file that was not there; false where it was. */
async function create(path: string, content: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(content);
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function ageOf(path: string): Promise<number> {
  try {
    return Date.now() - (await stat(path)).mtimeMs;
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return 0;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(isSystemError(error) && error.code === 'ESRCH');
  }
}

/** A lock is left over when its process is gone; of other machines nothing is known. */
async function isStale(path: string): Promise<boolean> {
  const content = await read(path);
  if (content === undefined) return false;
  const [pid, host] = content.split(' ');
  // Killed between making the file and writing into it.
  if (pid === undefined || host === undefined) return (await ageOf(path)) > TAKE_OVER_MILLISECONDS;
  if (host !== hostname()) return false;
  return Number(pid) === process.pid ? !held.has(path) : !isRunning(Number(pid));
}

/** Removes a left-over lock; a second file keeps two processes from doing it to each other. */
async function removeStale(path: string): Promise<void> {
  const guard = `${path}.takeover`;
  if (!(await create(guard, ''))) {
    if ((await ageOf(guard)) > TAKE_OVER_MILLISECONDS) await rm(guard, { force: true });
    await sleep(POLL_MILLISECONDS);
    return;
  }
  try {
    if (await isStale(path)) await rm(path, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

async function acquire(
  path: string,
  { progress, waitMilliseconds = 60_000 }: LockOptions,
): Promise<void> {
  const deadline = Date.now() + waitMilliseconds;
  const content = `${process.pid} ${hostname()}`;
  let told = false;
  while (!(await create(path, content))) {
    if (await isStale(path)) await removeStale(path);
    else if (Date.now() > deadline) {
      const [pid = '?', host = '?'] = ((await read(path)) ?? '').split(' ');
      throw new UserError('BUSY', `process ${pid} on ${host} is publishing there`, {
        next: `Try again when it is done, or remove ${path} if it no longer runs.`,
      });
    } else {
      if (!told) progress('waiting for another process that is publishing there');
      told = true;
      await sleep(POLL_MILLISECONDS);
    }
  }
  held.add(path);
}

/**
 * Runs `work` while no other process that asks for the lock of this folder does.
 * @throws UserError BUSY when another one holds it for too long.
 */
export async function withLock<T>(
  directory: string,
  options: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const path = join(directory, LOCK_FILE);
  await acquire(path, options);
  const release = () => {
    held.delete(path);
    rmSync(path, { force: true });
  };
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}
