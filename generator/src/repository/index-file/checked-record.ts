import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isSystemError } from '../../errors.ts';
import { readCacheFile, writeCacheFile } from '../../files/cache-file.ts';
import { cacheFolder } from '../../files/cache-folder.ts';
import { sha256 } from '../../files/digest.ts';
import { digestOfCode } from '../../files/folder-digest.ts';
import type { IndexProblem } from './types.ts';

/** What checks an index; what other code found is not used. */
const CODE = ['./', '../../archive/'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** What was found in an index: all that would be asked of each of its entries again. */
export interface CheckedRecord {
  problems: readonly IndexProblem[];
  /** See listedFiles. */
  listed: ReadonlySet<string>;
}

function cacheFileOf(bytes: Uint8Array): string {
  const name = sha256([...CODE.map(digestOfCode), sha256(bytes)].join('\n'));
  return join(cacheFolder('indexes', process.env), `${name}.json`);
}

/**
 * What this program found when this user had these very bytes checked; problems without file and
 * line. Undefined where it was not, or not of late.
 */
export async function readCheckedRecord(bytes: Uint8Array): Promise<CheckedRecord | undefined> {
  const content = await readCacheFile(cacheFileOf(bytes));
  if (!content) return undefined;
  const { problems, listed } = JSON.parse(content.toString()) as {
    problems: IndexProblem[];
    listed: string[];
  };
  return { problems, listed: new Set(listed) };
}

/** Keeps in the user's cache what was found in an index; where it cannot be kept, it is not. */
export async function writeCheckedRecord(
  bytes: Uint8Array,
  { problems, listed }: CheckedRecord,
): Promise<void> {
  // Where the file is, and its lines, are not the same the next time.
  const found = problems.map((problem) => ({ ...problem, file: undefined, line: undefined }));
  try {
    const content = JSON.stringify({ problems: found, listed: [...listed] });
    await writeCacheFile(cacheFileOf(bytes), content);
  } catch (error) {
    // What is not kept costs time and nothing else.
    if (!isSystemError(error)) throw error;
  }
}
