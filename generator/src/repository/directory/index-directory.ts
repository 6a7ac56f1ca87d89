import { join } from 'node:path';
import { fileSystemError } from '../../errors.ts';
import type { Content } from '../../files/content.ts';
import { requireFolder } from '../../files/folder.ts';
import type { Progress } from '../../progress.ts';
import { parseBaseUrl } from '../url.ts';
import { rememberRight } from './compare-entries.ts';
import {
  type DirectoryIndex,
  INDEX_FILE,
  readDirectoryIndex,
  updateDirectoryIndex,
  withDirectoryLock,
} from './directory-index.ts';
import type { IndexDirectoryResult } from './index-result.ts';
import { hasJson, writeJson } from './json-index.ts';
import { planIndex, type PlanIndexOptions } from './plan-index.ts';

export interface IndexDirectoryOptions {
  progress: Progress;
  /** Put in front of the names of the archives in new entries. */
  url?: string;
  /** Another index whose entries are taken over. */
  merge?: string;
  /** Looks at every archive, and corrects entries that say something else. */
  rebuild?: boolean;
  /** Has the index in index.json as well, which is kept in step from then on. */
  indexJson?: boolean;
  /** Only says what would be done. */
  dryRun?: boolean;
}

async function examine(
  directory: string,
  options: PlanIndexOptions,
): Promise<IndexDirectoryResult> {
  const { edits, result } = await planIndex(
    directory,
    await readDirectoryIndex(directory),
    options,
  );
  return { ...result, changed: edits.length > 0 };
}

async function update(directory: string, options: PlanIndexOptions): Promise<IndexDirectoryResult> {
  let result: Omit<IndexDirectoryResult, 'changed'> = {
    added: [],
    merged: [],
    corrected: [],
    withoutArchive: [],
    unreadable: [],
    warnings: [],
  };
  let isMadeOfArchives = false;
  const plan = async (index: DirectoryIndex) => {
    const planned = await planIndex(directory, index, options);
    ({ result } = planned);
    isMadeOfArchives = !index.exists && options.merge === undefined;
    return planned.edits;
  };
  const written = async (content: Content) => {
    if (isMadeOfArchives) await rememberRight(content, result.added);
  };
  const changed = await updateDirectoryIndex(directory, INDEX_FILE, plan, written);
  return { ...result, changed };
}

/** What a program that does not know of index.json changed is missing there. */
async function updateJson(directory: string, isWanted: boolean): Promise<void> {
  const path = join(directory, INDEX_FILE);
  if (isWanted || hasJson(path)) writeJson(path, (await readDirectoryIndex(directory)).document);
}

/**
 * Adds the archives of a folder that its index lacks; everything that the index holds stays.
 * @throws UserError VERSION_EXISTS where an archive is not the one that an index has (then nothing is
 * written), INDEX_INVALID, USAGE, FILE_SYSTEM, BUSY
 */
export async function indexDirectory(
  directory: string,
  { progress, url, merge, ...flags }: IndexDirectoryOptions,
): Promise<IndexDirectoryResult> {
  const base = url === undefined ? undefined : parseBaseUrl(url);
  const { rebuild = false, indexJson = false, dryRun = false } = flags;
  const options = { progress, base, merge, rebuild };
  try {
    requireFolder(directory, 'Name the folder that holds the chart archives.');
    if (dryRun) return await examine(directory, options);
    return await withDirectoryLock(directory, progress, async () => {
      const result = await update(directory, options);
      await updateJson(directory, indexJson);
      return result;
    });
  } catch (error) {
    throw fileSystemError(error, `indexing ${directory}`);
  }
}
