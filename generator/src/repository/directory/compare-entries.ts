import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ArchiveInfo } from '../../archive/archive.ts';
import { readCacheFile } from '../../files/cache-file.ts';
import { chunksOf, type Content, lengthOf } from '../../files/content.ts';
import { cacheFolder } from '../../files/cache-folder.ts';
import { sha256 } from '../../files/digest.ts';
import { digestOfCode } from '../../files/folder-digest.ts';
import { keepInCache } from '../index-file/index-cache.ts';
import { WORTH_REMEMBERING_BYTES } from '../index-file/known-layout.ts';
import type { IndexDocument } from '../index-file/types.ts';
import { type Correction, correctEntries } from './correct-entries.ts';
import type { IndexedArchive } from './index-result.ts';

/** What reads archives and compares entries with them; what other code found is not used. */
const CODE = ['../', '../../archive/'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/**
 * {@link correctEntries}, spared where this user has had the same index and archives compared before
 * and all was right.
 */
export async function compareEntries(
  document: IndexDocument,
  archives: readonly ArchiveInfo[],
): Promise<Correction> {
  if (document.bytes.length < WORTH_REMEMBERING_BYTES) return correctEntries(document, archives);
  const files = archives.map(({ fileName, digest }) => ({ file: fileName, digest }));
  const mark = markOf(document.bytes, files);
  if ((await readCacheFile(mark)) !== undefined) return { corrected: [], withoutArchive: [] };
  const correction = correctEntries(document, archives);
  const { corrected, withoutArchive } = correction;
  if (corrected.length === 0 && withoutArchive.length === 0) await keepInCache(mark, '');
  return correction;
}

/** What tells an archive of a folder. */
type Identity = Pick<IndexedArchive, 'file' | 'digest'>;

/** The file that is there once this index was found to be right of these archives. */
function markOf(index: Content, archives: readonly Identity[]): string {
  const hash = createHash('sha256');
  for (const chunk of chunksOf(index)) hash.update(chunk);
  const files = archives.map(({ file, digest }) => `${file}\n${digest}`).toSorted();
  const name = sha256([...CODE.map(digestOfCode), hash.digest('hex'), ...files].join('\n'));
  return join(cacheFolder('indexes', process.env), `${name}.right`);
}

/** Spares the comparison of an index that was made of these archives and of nothing else. */
export async function rememberRight(index: Content, archives: readonly Identity[]): Promise<void> {
  if (lengthOf(index) >= WORTH_REMEMBERING_BYTES) await keepInCache(markOf(index, archives), '');
}
