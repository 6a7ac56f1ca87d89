import { type BigIntStats, statSync } from 'node:fs';

/** Within this time a second change of a file may bear the time of the first one (FAT: two seconds). */
const CLOCK_NANOSECONDS = 2_000_000_000n;
const NANOSECONDS_PER_MILLISECOND = 1_000_000n;
const NANOSECONDS_PER_SECOND = 1_000_000_000n;

/** Where a file is, its size and its times: all that tells a state of it from others, but its bytes. */
export function statusText({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

/**
 * What tells that a file is the one that was read. To be asked before it is read, so that the next
 * run sees what was written meanwhile. Undefined where it changed just now: another change in the
 * same tick of the clock would not show.
 */
export function settledStatus(status: BigIntStats): string | undefined {
  const { mtimeNs, ctimeNs } = status;
  const now = BigInt(Date.now()) * NANOSECONDS_PER_MILLISECOND;
  const changed = mtimeNs > ctimeNs ? mtimeNs : ctimeNs;
  return changed + CLOCK_NANOSECONDS < now ? statusText(status) : undefined;
}

/**
 * What tells that a file is the one that this process wrote and moved to its place.
 * @param written its status before the move, when all of it was written.
 * @returns undefined where it is not that file any more, or a change of it might not show.
 */
export function movedStatus(written: BigIntStats, path: string): string | undefined {
  const moved = statSync(path, { bigint: true, throwIfNoEntry: false });
  const fields = ['dev', 'ino', 'size', 'mtimeNs'] as const;
  if (!moved || !fields.every((field) => moved[field] === written[field])) return undefined;
  // Nobody else writes to it before the move. Where the disk's own clock, to fractions of a second,
  // has ticked between the last byte and the move, whatever is written afterwards bears a later time.
  const hasTicked = moved.ctimeNs > moved.mtimeNs && moved.mtimeNs % NANOSECONDS_PER_SECOND !== 0n;
  return hasTicked ? statusText(moved) : undefined;
}
