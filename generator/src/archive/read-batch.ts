import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { sha256 } from '../files/digest.ts';
import type { ReadArchive } from './archive-record.ts';
import { readArchive, readArchiveBytes } from './read.ts';

/** An archive to read. */
export interface ReadTask {
  /** In the folder. */
  path: string;
  /** Its digest when it was read before; where that is still so it is not unpacked. */
  digest?: string | undefined;
}

/** An archive, that it has the digest of the task, or why it cannot be read. */
export type ReadResult = ReadArchive | 'unchanged' | { unreadable: string };

function readOne(directory: string, { path, digest: known }: ReadTask): ReadResult {
  try {
    const content = readArchiveBytes(join(directory, path), path);
    if (known !== undefined && sha256(content) === known) return 'unchanged';
    const { name, version, digest, size, metadata } = readArchive(content, path);
    return { name, version, fileName: path, digest, size, metadata: JSON.stringify(metadata) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const reasons = [error.message, ...error.problems.map(({ message }) => message)];
    return { unreadable: reasons.join('; ') };
  }
}

/** Reads archives of a folder one after the other, keeping no bytes; what a worker thread does. */
export function readBatch(directory: string, tasks: readonly ReadTask[]): ReadResult[] {
  return tasks.map((task) => readOne(directory, task));
}
