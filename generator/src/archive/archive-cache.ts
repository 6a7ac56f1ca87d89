import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCacheFile, writeCacheFile } from '../files/cache-file.ts';
import { cacheFolder } from '../files/cache-folder.ts';
import { sha256 } from '../files/digest.ts';
import { digestOfCode } from '../files/folder-digest.ts';
import type { ArchiveRecord } from './archive-record.ts';

/** What reads archives; a cache that other code wrote is not used. */
const CODE = fileURLToPath(new URL('./', import.meta.url));
/** An archive as it was when it was read. */
export interface CachedArchive {
  /** See settledStatus. */
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
