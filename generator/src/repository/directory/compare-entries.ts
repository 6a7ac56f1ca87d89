import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ArchiveInfo } from '../../archive/archive.ts';
import { isSystemError } from '../../errors.ts';
import { readCacheFile, writeCacheFile } from '../../files/cache-file.ts';
import { cacheFolder } from '../../files/cache-folder.ts';
import { sha256 } from '../../files/digest.ts';
import { digestOfCode } from '../../files/folder-digest.ts';
import type { IndexDocument } from '../index-file/types.ts';
import { type Correction, correctEntries } from './correct-entries.ts';

/** What reads archives and compares entries with them; what other code found is not used. */
const CODE = ['../', '../../archive/'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
/** Smaller ones are compared in no time. */
const WORTH_REMEMBERING_BYTES = 200_000;

/**
 * {@link correctEntries}, spared where this user has had the same index and archives compared before
 * and all was right.
 */
export async function compareEntries(
  document: IndexDocument,
  archives: readonly ArchiveInfo[],
): Promise<Correction> {
  if (document.bytes.length < WORTH_REMEMBERING_BYTES) return correctEntries(document, archives);
  const mark = markOf(document, archives);
  if ((await readCacheFile(mark)) !== undefined) return { corrected: [], withoutArchive: [] };
  const correction = correctEntries(document, archives);
  const { corrected, withoutArchive } = correction;
  if (corrected.length === 0 && withoutArchive.length === 0) await leave(mark);
  return correction;
}

/** The file that is there once this index was found to be right of these archives. */
function markOf({ bytes }: IndexDocument, archives: readonly ArchiveInfo[]): string {
  const program = CODE.map(digestOfCode);
  const files = archives.map(({ fileName, digest }) => `${fileName}\n${digest}`);
  const name = sha256([...program, sha256(bytes), ...files].join('\n'));
  return join(cacheFolder('indexes', process.env), `${name}.right`);
}

async function leave(mark: string): Promise<void> {
  try {
    await writeCacheFile(mark, '');
  } catch (error) {
    // What is not kept costs time and nothing else.
    if (!isSystemError(error)) throw error;
  }
}
