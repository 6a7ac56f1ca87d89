import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { sha256 } from '../files/digest.ts';
import type { ArchiveInfo } from './archive.ts';
import { readArchive, readArchiveBytes } from './read.ts';

/** An archive to read. */
export interface ReadTask {
  /** In the folder. */
  path: string;
  /** What it was: taken for what it is where the digest is the same. */
  known?: ArchiveInfo | undefined;
}

/** An archive, or why it cannot be read. */
export type ReadResult = ArchiveInfo | { unreadable: string };

const isArchive = (content: Uint8Array, { digest }: ArchiveInfo) => sha256(content) === digest;

function readOne(directory: string, { path, known }: ReadTask): ReadResult {
  try {
    const content = readArchiveBytes(join(directory, path), path);
    if (known !== undefined && isArchive(content, known)) return known;
    const { name, version, digest, size, metadata } = readArchive(content, path);
    return { name, version, fileName: path, digest, size, metadata };
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
