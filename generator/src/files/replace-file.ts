import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../errors.ts';
import type { Content } from './content.ts';
import { fileHolds } from './holds.ts';
import { move, writeNewFile } from './write.ts';

/** One name for all that is on its way: a killed run leaves one at most, which the next removes. */
function temporaryIn(directory: string): string {
  return join(directory, '.writing.tmp');
}

/**
 * Removes what a killed run was writing in a folder. To be called under its lock.
 * @throws a system error
 */
export function removeUnfinished(directory: string): void {
  rmSync(temporaryIn(directory), { force: true });
}

/**
 * Writes a file so that its place holds the old bytes or all of the new ones, read back before they
 * take it, whenever the process or the machine stops. To be called under the lock of its folder.
 * @param mayReplace asked last of all, with the path of what was written.
 * @returns false where that says no; the place is then as it was.
 * @throws UserError FILE_SYSTEM when other bytes come back; a system error. The place is then as it was.
 */
export function replaceFile(
  path: string,
  content: Content,
  mayReplace: (temporary: string) => boolean = () => true,
): boolean {
  const directory = dirname(path);
  const temporary = temporaryIn(directory);
  removeUnfinished(directory);
  try {
    writeNewFile(temporary, content);
    const isHeld = fileHolds(temporary, content);
    // A file that changes while it is copied from is not held either.
    if (!mayReplace(temporary)) return false;
    if (!isHeld)
      throw new UserError('FILE_SYSTEM', `${path}: the disk does not hold what was written to it`);
    move(temporary, path);
    return true;
  } finally {
    removeUnfinished(directory);
  }
}
