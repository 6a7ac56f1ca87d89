import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArchiveInfo } from '../../archive/archive.ts';
import { readArchiveFile } from '../../archive/read.ts';
import { fileSystemError, type Problem, UserError } from '../../errors.ts';
import { requireFolder } from '../../files/folder.ts';
import { readIfPresent } from '../../files/read.ts';
import type { Progress } from '../../progress.ts';
import { readDirectoryIndex, withDirectoryLock, writeDirectoryIndex } from './directory-index.ts';
import { addEntries, mergeIndexes, timestamp } from '../index-file/edit.ts';
import { type ParsedIndex, parseIndex, serialiseIndex } from '../index-file/index-file.ts';
import { planPublish } from '../plan.ts';
import type { IndexEntry } from '../index-file/types.ts';
import { chartUrl, parseBaseUrl } from '../url.ts';

export interface IndexDirectoryOptions {
  progress: Progress;
  /** Put in front of the names of the archives in new entries. */
  url?: string;
  /** Another index whose entries are taken over. */
  merge?: string;
}

export interface IndexDirectoryResult {
  /** What the index gained from archives. */
  added: IndexEntry[];
  /** False where the index stayed the file it was. */
  changed: boolean;
  /** Archives that could not be read; the others are in the index. */
  unreadable: Problem[];
  /** What was found wrong in the indexes that were read; it stays as it is. */
  warnings: Problem[];
}

/** Paths of the archives in a folder and in its folders, which is where `helm repo index` looks. */
async function findArchives(directory: string): Promise<string[]> {
  const paths: string[] = [];
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    if (!entry.isDirectory()) paths.push(entry.name);
    else
      for (const name of await readdir(join(directory, entry.name)))
        paths.push(`${entry.name}/${name}`);
  }
  return paths.filter((path) => path.endsWith('.tgz')).toSorted();
}

interface ReadArchives {
  /** Named by their path in the folder. */
  archives: ArchiveInfo[];
  unreadable: Problem[];
}

async function readArchives(directory: string, progress: Progress): Promise<ReadArchives> {
  const result: ReadArchives = { archives: [], unreadable: [] };
  for (const path of await findArchives(directory)) {
    progress(`reading ${path}`);
    try {
      const archive = await readArchiveFile(join(directory, path));
      const { name, version, digest, size, metadata } = archive;
      result.archives.push({ name, version, digest, size, metadata, fileName: path });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      result.unreadable.push({ message: error.message, file: path });
    }
  }
  return result;
}

async function readMerge(file: string): Promise<ParsedIndex> {
  const content = await readIfPresent(file).catch((error: unknown) => {
    throw fileSystemError(error, `reading ${file}`);
  });
  if (content) return parseIndex(content.toString(), file);
  // Helm makes an empty file; a typing error would then drop every published version.
  throw new UserError('USAGE', `${file} does not exist`, {
    next: 'Leave --merge out where there is no index to take over.',
  });
}

async function update(
  directory: string,
  { progress, url, merge }: IndexDirectoryOptions,
): Promise<IndexDirectoryResult> {
  const base = url === undefined ? undefined : parseBaseUrl(url);
  const present = await readDirectoryIndex(directory);
  const other = merge === undefined ? undefined : await readMerge(merge);
  const index = other ? mergeIndexes(present.index, other.index) : present.index;
  const { archives, unreadable } = await readArchives(directory, progress);
  const digests = new Map(archives.map(({ fileName, digest }) => [fileName, digest]));
  const { additions: added } = planPublish(
    archives,
    { index, digests },
    { url: (path) => chartUrl(path, base), created: timestamp() },
  );
  const complete = addEntries(
    index,
    added.map((entry) => [entry.name, entry] as const),
  );
  const changed = !present.exists || serialiseIndex(complete) !== serialiseIndex(present.index);
  if (changed) writeDirectoryIndex(directory, complete);
  return {
    added,
    changed,
    unreadable,
    warnings: [...present.problems, ...(other?.problems ?? [])],
  };
}

/**
 * Adds the archives of a folder that its index lacks; everything that the index holds stays.
 * @throws UserError VERSION_EXISTS where an archive is not the one that the index names (then
 * nothing is written), INDEX_INVALID, USAGE, FILE_SYSTEM, BUSY
 */
export async function indexDirectory(
  directory: string,
  options: IndexDirectoryOptions,
): Promise<IndexDirectoryResult> {
  try {
    requireFolder(directory, 'Name the folder that holds the chart archives.');
    return await withDirectoryLock(directory, options.progress, () => update(directory, options));
  } catch (error) {
    throw fileSystemError(error, `indexing ${directory}`);
  }
}
