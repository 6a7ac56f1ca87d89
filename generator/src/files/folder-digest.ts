import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileSystemError } from '../errors.ts';
import { digestOfFiles } from './digest.ts';

/**
 * SHA-256 in hex of the names and bytes of the files below a folder; links are not followed.
 * @param isPart of the names of files: which of them count, all by default.
 * @throws UserError `FILE_SYSTEM`
 */
export function digestOfFolder(
  folder: string,
  isPart: (name: string) => boolean = () => true,
): string {
  try {
    const files = new Map<string, Uint8Array>();
    // At once: waiting for small files one by one takes longer than reading them.
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !isPart(entry.name)) continue;
      const file = join(entry.parentPath, entry.name);
      files.set(relative(folder, file), readFileSync(file));
    }
    return digestOfFiles(files);
  } catch (error) {
    throw fileSystemError(error, `reading ${folder}`);
  }
}

const known = new Map<string, string>();
/** Half of the files beside compiled code only declare what it has. */
const isCode = (name: string) => !name.endsWith('.d.ts');

/**
 * {@link digestOfFolder} of a part of this program, which does not change while it runs.
 * @throws UserError `FILE_SYSTEM`
 */
export function digestOfCode(folder: string): string {
  const digest = known.get(folder) ?? digestOfFolder(folder, isCode);
  known.set(folder, digest);
  return digest;
}
