import { rmSync } from 'node:fs';
import { mkdir, rm, stat, utimes } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isSystemError } from '../errors.ts';
import { atExit } from './at-exit.ts';

const BEAT = 2_000;
/** A holder that has not touched its lock for so long is dead. */
const DEAD = 30_000;

/**
 * Runs a task while no other process (nor another call) holds the lock, which is a folder that
 * its holder touches every two seconds. It spares work done twice; what is written under it must
 * be safe without it, for a holder whose machine slept may be taken for dead.
 * @param onWait called once when someone else holds it.
 */
export async function withLock<T>(
  directory: string,
  onWait: () => void,
  task: () => Promise<T>,
): Promise<T> {
  for (let waited = false; !(await acquire(directory)); waited = true) {
    if (!waited) onWait();
    await sleep(500);
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(directory, now, now).catch(() => undefined);
  }, BEAT);
  const callOff = atExit(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  try {
    return await task();
  } finally {
    clearInterval(beat);
    callOff();
    await rm(directory, { recursive: true, force: true });
  }
}

async function acquire(directory: string): Promise<boolean> {
  try {
    await mkdir(directory);
    return true;
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'EEXIST') throw error;
  }
  const touched = await stat(directory).then(
    (status) => status.mtimeMs,
    () => Date.now(),
  );
  if (Date.now() - touched > DEAD) await rm(directory, { recursive: true, force: true });
  return false;
}
