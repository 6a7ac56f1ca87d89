import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileSystemError, isSystemError } from '../errors.ts';

/** Did a system call fail because nothing is at the path? */
export function isMissing(error: unknown): boolean {
  return isSystemError(error) && error.code === 'ENOENT';
}

/**
 * The bytes of a file, undefined where there is none.
 * @throws a system error when it cannot be read.
 */
export async function readIfPresent(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * The bytes of a file that somebody named.
 * @throws UserError FILE_SYSTEM with its name.
 */
export function readNamed(path: string): Promise<Buffer> {
  return readFile(path).catch((error: unknown) => {
    throw fileSystemError(error, `reading ${path}`);
  });
}

/**
 * Those files of a folder that are there, by path in it.
 * @throws a system error when one cannot be read.
 */
export async function readFilesIfPresent(
  directory: string,
  paths: readonly string[],
): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const path of paths) {
    const bytes = await readIfPresent(join(directory, path));
    if (bytes !== undefined) files.set(path, bytes);
  }
  return files;
}

/**
 * The names in a folder, none where there is no folder.
 * @throws a system error when it cannot be read.
 */
export async function namesIfPresent(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
