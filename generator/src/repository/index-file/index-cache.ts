import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isSystemError } from '../../errors.ts';
import { writeCacheFile } from '../../files/cache-file.ts';
import { cacheFolder } from '../../files/cache-folder.ts';
import { sha256 } from '../../files/digest.ts';
import { digestOfCode } from '../../files/folder-digest.ts';

/** What checks an index; what other code found is not used. */
const CODE = ['./', '../../archive/'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/**
 * The file in this user's cache for what this program knows of an index.
 * @param name what it is found by again.
 * @param kind ending of the file.
 */
export function indexCacheFile(name: string, kind: string): string {
  const digest = sha256([...CODE.map(digestOfCode), name].join('\n'));
  return join(cacheFolder('indexes', process.env), `${digest}.${kind}`);
}

/** Writes such a file; what cannot be kept costs time and nothing else. */
export async function keepInCache(file: string, content: string | Iterable<string>): Promise<void> {
  try {
    await writeCacheFile(file, content);
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}
