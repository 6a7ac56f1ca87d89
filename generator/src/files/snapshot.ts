import { type BigIntStats, closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { settledStatus } from './file-status.ts';
import { fileHolds } from './holds.ts';
import { isMissing } from './read.ts';

/** Within this time a second change may bear the time of the first one. */
const CLOCK_NANOSECONDS = 2_000_000_000n;
const NANOSECONDS = 1_000_000n;

/** A file as it was when it was read. */
export interface Snapshot {
  /** Undefined where there was no file. */
  bytes: Buffer | undefined;
  /** See settledStatus. */
  status: string | undefined;
  /** Is it still that file, with those bytes? @throws a system error when it cannot be looked at. */
  isCurrent: () => boolean;
}

/** Undefined where there is no file. */
function withFile<T>(path: string, use: (descriptor: number) => T): T | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  try {
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

// Of a file that was opened: network file systems answer for a path from memory.
const statusOf = (descriptor: number) => fstatSync(descriptor, { bigint: true });

function isSame(one: BigIntStats, other: BigIntStats): boolean {
  const fields = ['dev', 'ino', 'size', 'mtimeNs'] as const;
  return fields.every((field) => one[field] === other[field]);
}

/**
 * Reads a file so that a change since then can be told, also one by a program that knows of no lock.
 * @throws a system error when it cannot be read.
 */
export function readSnapshot(path: string): Snapshot {
  const readAt = BigInt(Date.now()) * NANOSECONDS;
  const read = withFile(path, (descriptor) => ({
    status: statusOf(descriptor),
    bytes: readFileSync(descriptor),
  }));
  const isCurrent = () => {
    const status = withFile(path, statusOf);
    if (!read || !status) return read === status;
    if (!isSame(read.status, status)) return false;
    const isTold = readAt - read.status.mtimeNs > CLOCK_NANOSECONDS;
    return isTold || fileHolds(path, read.bytes);
  };
  return { bytes: read?.bytes, status: read && settledStatus(read.status), isCurrent };
}
