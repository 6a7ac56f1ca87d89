import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { move, writeNewFile } from './write.ts';

/** One name for all that is on its way: a killed run leaves one at most, which the next replaces. */
const TEMPORARY_FILE = '.writing.tmp';

/**
 * Writes a file so that its place holds the old bytes or all of the new ones, whenever the process
 * or the machine stops. To be called under the lock of its folder.
 * @throws a system error, the place then being as it was.
 */
export function replaceFile(path: string, content: Uint8Array | string): void {
  const temporary = join(dirname(path), TEMPORARY_FILE);
  rmSync(temporary, { force: true });
  try {
    writeNewFile(temporary, content);
    move(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
