import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { isSystemError, UserError } from '../errors.ts';
import { lockPath } from './paths.ts';
import { readFileIfPresent } from './read.ts';

/** No run takes as long: a lock of another machine that is older was left behind. */
const LONGEST_RUN = 10 * 60_000;

/**
 * Keeps other runs out of a folder of charts until the returned function is called or the process
 * ends. A lock whose process is gone is taken over.
 * @throws UserError BUSY when another run has it.
 */
export function lock(directory: string): () => void {
  const path = lockPath(directory);
  if (!tryLock(path) && !(takeAway(path) && tryLock(path))) {
    throw new UserError('BUSY', `another run is writing ${directory}`, {
      next: `Wait until it has ended. If there is none, delete ${path}.`,
    });
  }
  const release = () => {
    process.off('exit', release);
    rmSync(path, { force: true });
  };
  process.on('exit', release);
  return release;
}

function tryLock(path: string): boolean {
  try {
    writeFileSync(path, `${process.pid} ${hostname()}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes a lock away that nobody holds any more. */
function takeAway(path: string): boolean {
  const holder = readFileIfPresent(path)?.toString('utf8');
  if (holder === undefined) return true;
  if (isHeld(path, holder)) return false;
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return true;
    throw error;
  }
  // Between reading and renaming another run may have taken it over.
  const isSame = readFileIfPresent(aside)?.toString('utf8') === holder;
  if (isSame) rmSync(aside);
  else renameSync(aside, path);
  return isSame;
}

function isHeld(path: string, holder: string): boolean {
  const [pid = '', host] = holder.split(' ');
  if (host === hostname()) return isRunning(Number(pid));
  const since = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Date.now() - since < LONGEST_RUN;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(isSystemError(error) && error.code === 'ESRCH');
  }
}
