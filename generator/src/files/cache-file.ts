import { createHash, randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { open, readdir, readFile, rename, rm, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256 } from './digest.ts';
import { makeFolder } from './folder.ts';

const DAYS_KEPT = 30;
/** Of one folder, so that a large index that changes often does not fill the disk. */
const MAX_BYTES = 512 * 1024 * 1024;
/** In hex, at the end of the file. */
const DIGEST_LENGTH = 64;

/**
 * The content of a file in a cache folder, which counts as used now; undefined where there is none
 * or it is not as it was written.
 */
export async function readCacheFile(file: string): Promise<Buffer | undefined> {
  try {
    const bytes = await readFile(file);
    const content = bytes.subarray(0, -DIGEST_LENGTH);
    if (sha256(content) !== bytes.toString('latin1', content.length)) return undefined;
    const now = new Date();
    await utimes(file, now, now);
    return content;
  } catch {
    return undefined;
  }
}

/**
 * Writes a file of a cache folder, so that readers find the old one or all of the new one. What was
 * not used in its folder for a month is removed, and of too much what was not used for longest.
 * @param content a text, or its parts where all at once would be huge.
 * @throws a system error
 */
export async function writeCacheFile(
  file: string,
  content: string | Iterable<string>,
): Promise<void> {
  const directory = dirname(file);
  makeFolder(directory);
  const temporary = join(directory, `${randomUUID()}.tmp`);
  try {
    // A text is iterable too: by its characters.
    await writeParts(temporary, typeof content === 'string' ? [content] : content);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await removeUnused(directory, file);
}

async function writeParts(file: string, parts: Iterable<string>): Promise<void> {
  const hash = createHash('sha256');
  const handle = await open(file, 'wx');
  try {
    for (const part of parts) {
      hash.update(part);
      await handle.writeFile(part);
    }
    await handle.writeFile(hash.digest('hex'));
  } finally {
    await handle.close();
  }
}

/** But for what was just written. */
async function removeUnused(directory: string, written: string): Promise<void> {
  const oldest = Date.now() - DAYS_KEPT * 86_400_000;
  const files = (await readdir(directory)).flatMap((name) => {
    const file = join(directory, name);
    // Another run may have removed it.
    const status = statSync(file, { throwIfNoEntry: false });
    return status ? [{ file, size: status.size, used: status.mtimeMs }] : [];
  });
  let bytes = 0;
  for (const { file, size, used } of files.toSorted((a, b) => b.used - a.used)) {
    bytes += size;
    const isKept = used >= oldest && bytes <= MAX_BYTES;
    if (!isKept && file !== written) await rm(file, { force: true });
  }
}
