import { rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { move, writeNewFile } from '../fileset/write.ts';

/**
 * Writes a file so that its place holds the old bytes or all of the new ones, whenever the process
 * or the machine stops.
 * @param temporary a path on the same file system, free to be overwritten.
 */
export function replaceFile(
  path: string,
  content: Uint8Array | string,
  temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`),
): void {
  rmSync(temporary, { force: true });
  try {
    writeNewFile(temporary, content);
    move(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
