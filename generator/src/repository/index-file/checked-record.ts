import { readCacheFile } from '../../files/cache-file.ts';
import { sha256 } from '../../files/digest.ts';
import { indexCacheFile, keepInCache } from './index-cache.ts';
import type { ListedFiles } from './listed-files.ts';
import type { IndexProblem } from './types.ts';

/** What was found in an index: all that would be asked of each of its entries again. */
export interface CheckedRecord {
  problems: readonly IndexProblem[];
  listed: ListedFiles;
}

const cacheFileOf = (bytes: Uint8Array) => indexCacheFile(sha256(bytes), 'json');

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
  const content = JSON.stringify({ problems: found, listed: [...listed] });
  await keepInCache(cacheFileOf(bytes), content);
}
