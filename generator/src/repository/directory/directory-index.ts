import { join } from 'node:path';
import { fileSystemError } from '../../errors.ts';
import { lockOf, withLock } from '../../files/lock.ts';
import { readIfPresent } from '../../files/read.ts';
import { replaceFile } from '../../files/replace-file.ts';
import type { Progress } from '../../progress.ts';
import { timestamp } from '../index-file/edit.ts';
import {
  emptyIndex,
  type ParsedIndex,
  parseIndex,
  type RepositoryIndex,
  serialiseIndex,
} from '../index-file/index-file.ts';

export const INDEX_FILE = 'index.yaml';
const WAIT_MILLISECONDS = 60_000;

/**
 * Runs `work` while nobody else changes the repository in a folder.
 * @throws UserError BUSY when another process does for a minute; system errors.
 */
export function withDirectoryLock<T>(
  directory: string,
  progress: Progress,
  work: () => Promise<T>,
): Promise<T> {
  const options = { progress, busy: 'is publishing there', waitMilliseconds: WAIT_MILLISECONDS };
  return withLock(lockOf(directory), options, work);
}

/**
 * The index of a folder, an empty one where there is none.
 * @throws UserError INDEX_INVALID, FILE_SYSTEM
 */
export async function readDirectoryIndex(
  directory: string,
): Promise<ParsedIndex & { exists: boolean }> {
  const file = join(directory, INDEX_FILE);
  try {
    const content = await readIfPresent(file);
    if (content) return { ...parseIndex(content.toString(), file), exists: true };
    return { index: emptyIndex(), problems: [], exists: false };
  } catch (error) {
    throw fileSystemError(error, `reading ${file}`);
  }
}

/** Replaces the index of a folder; to be called under its lock. */
export function writeDirectoryIndex(directory: string, index: RepositoryIndex): void {
  const text = serialiseIndex({ ...index, head: { ...index.head, generated: timestamp() } });
  replaceFile(join(directory, INDEX_FILE), text);
}
