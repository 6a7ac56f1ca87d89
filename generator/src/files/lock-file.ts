import { rmSync } from 'node:fs';
import { rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { isSystemError } from '../errors.ts';
import { isMissing, readIfPresent } from './read.ts';

/** Taking over a lock takes milliseconds; whoever needs longer was killed at it. */
const TAKE_OVER_MILLISECONDS = 5000;
/** Of a process on another machine nothing is known but that it touches its lock every minute. */
const SILENCE_MILLISECONDS = 10 * 60_000;

/** Locks of this process: its number in a lock file may be that of an earlier one. */
const held = new Set<string>();

/** Keeps two processes from taking over one lock. */
export function guardOf(lock: string): string {
  return `${lock}.takeover`;
}

/**
 * Makes the lock file of this process; false where there is one.
 * @throws a system error
 */
export async function take(path: string): Promise<boolean> {
  // Two calls of one process: the set knows of a lock before its file is there.
  if (held.has(path)) return false;
  held.add(path);
  let taken = false;
  try {
    taken = await create(path, `${process.pid} ${hostname()}`);
    return taken;
  } finally {
    if (!taken) held.delete(path);
  }
}

/** Gives a lock up; works while the process exits, too. */
export function release(path: string): void {
  held.delete(path);
  rmSync(path, { force: true });
}

/** Makes a file that was not there; false where it was. */
async function create(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') return false;
    // Made but not written, as on a full disk: it would hold up the next run.
    if (isSystemError(error) && error.syscall !== 'open') await rm(path, { force: true });
    throw error;
  }
}

/** Process and host in a lock file; no host where it was never written into. */
export async function readHolder(path: string): Promise<[pid: string, host?: string]> {
  const [pid = '', host] = ((await readIfPresent(path))?.toString() ?? '').split(' ');
  return host === undefined ? [pid] : [pid, host];
}

/** Milliseconds since a file was last touched; 0 where it is gone. */
async function ageOf(path: string): Promise<number> {
  try {
    return Date.now() - (await stat(path)).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}

/** Is the holder of a lock gone? */
export async function isStale(path: string): Promise<boolean> {
  const [pid, host] = await readHolder(path);
  // Killed between making the file and writing into it.
  if (host === undefined) return (await ageOf(path)) > TAKE_OVER_MILLISECONDS;
  if (host !== hostname()) return (await ageOf(path)) > SILENCE_MILLISECONDS;
  return Number(pid) === process.pid ? !held.has(path) : !isRunning(Number(pid));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(isSystemError(error) && error.code === 'ESRCH');
  }
}

/** Removes a lock whose holder is gone, unless another process is at it. */
export async function removeStale(path: string): Promise<void> {
  const guard = guardOf(path);
  if (!(await create(guard, ''))) {
    if ((await ageOf(guard)) > TAKE_OVER_MILLISECONDS) await rm(guard, { force: true });
    return;
  }
  try {
    if (await isStale(path)) await rm(path, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}
