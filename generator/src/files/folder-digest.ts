import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileSystemError } from '../errors.ts';
import { digestOfFiles } from './digest.ts';

/**
 * SHA-256 in hex of the names and bytes of all files below a folder; links are not followed.
 * @throws UserError `FILE_SYSTEM`
 */
export async function digestOfFolder(folder: string): Promise<string> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const contents = files.map(
      async (file) => [relative(folder, file), await readFile(file)] as const,
    );
    return digestOfFiles(new Map(await Promise.all(contents)));
  } catch (error) {
    throw fileSystemError(error, `reading ${folder}`);
  }
}
