import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCacheFile, writeCacheFile } from '../files/cache-file.ts';
import { cacheFolder } from '../files/cache-folder.ts';
import { sha256 } from '../files/digest.ts';
import { digestOfCode } from '../files/folder-digest.ts';
import type { ArchiveRecord } from './archive-record.ts';

/** What reads archives; a cache that other code wrote is not used. */
const CODE = fileURLToPath(new URL('./', import.meta.url));
/** Within this time a second change of a file may bear the time of the first one (FAT: two seconds). */
const CLOCK_NANOSECONDS = 2_000_000_000n;
const NANOSECONDS_PER_MILLISECOND = 1_000_000n;

/**
 * What tells that a file is the one that was read. To be asked before it is read, so that the next
 * run sees what was written meanwhile. Undefined where there is no file, and where it changed just
 * now: another change in the same tick of the clock would not show.
 */
export function fileStatus(file: string): string | undefined {
  const now = BigInt(Date.now()) * NANOSECONDS_PER_MILLISECOND;
  const status = statSync(file, { bigint: true, throwIfNoEntry: false });
  if (!status) return undefined;
  const { size, ino, mtimeNs, ctimeNs } = status;
  const changed = mtimeNs > ctimeNs ? mtimeNs : ctimeNs;
  return changed + CLOCK_NANOSECONDS < now ? [size, ino, mtimeNs, ctimeNs].join(' ') : undefined;
}

/** An archive as it was when it was read. */
export interface CachedArchive {
  /** See {@link fileStatus}. */
  status?: string | undefined;
  record: ArchiveRecord;
}

/** The first of the two lines of an archive; the second is its metadata, parsed only when needed. */
interface CachedLine {
  status?: string;
  record: Omit<ArchiveRecord, 'metadata'>;
}

/** Lines that are written at once. */
const PART_LENGTH = 256;

function fileOf(directory: string): string {
  return join(cacheFolder('archives', process.env), sha256(realpathSync(directory)));
}

/**
 * What earlier runs of this program read in a folder, by path in it.
 * @throws a system error where there is no folder; UserError FILE_SYSTEM for the program's own files.
 */
export async function readArchiveCache(directory: string): Promise<Map<string, CachedArchive>> {
  const cached = new Map<string, CachedArchive>();
  const bytes = await readCacheFile(fileOf(directory));
  const [program, ...lines] = bytes?.toString().split('\n') ?? [];
  if (program !== digestOfCode(CODE)) return cached;
  for (let line = 0; line + 1 < lines.length; line += 2) {
    const { status, record } = JSON.parse(lines[line] ?? '') as CachedLine;
    const metadata = Buffer.from(lines[line + 1] ?? '');
    cached.set(record.fileName, { status, record: { ...record, metadata } });
  }
  return cached;
}

/** A line for this program, then those of each archive: one text of all would be huge. */
function* linesOf(program: string, cached: Iterable<CachedArchive>): Generator<string> {
  let lines = [program];
  for (const { status, record } of cached) {
    const { metadata, ...rest } = record;
    const length = lines.push(JSON.stringify({ status, record: rest }), metadata.toString());
    if (length < PART_LENGTH) continue;
    yield `${lines.join('\n')}\n`;
    lines = [];
  }
  yield lines.join('\n');
}

/**
 * Keeps what is known of a folder in place of what was.
 * @throws a system error; UserError FILE_SYSTEM
 */
export async function writeArchiveCache(
  directory: string,
  cached: Iterable<CachedArchive>,
): Promise<void> {
  await writeCacheFile(fileOf(directory), linesOf(digestOfCode(CODE), cached));
}
