import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../errors.ts';
import { settledStatus } from '../files/file-status.ts';
import type { Progress } from '../progress.ts';
import type { ArchiveInfo } from './archive.ts';
import { type CachedArchive, readArchiveCache, writeArchiveCache } from './archive-cache.ts';
import { archiveOf, type ArchiveRecord, recordOf } from './archive-record.ts';
import type { ReadResult } from './read-batch.ts';
import { readOnThreads } from './read-pool.ts';

/** Fewer are read in less time than the cache of a large folder. */
const ARCHIVES_WORTH_CACHE = 200;

export interface ReadArchivesOptions {
  progress: Progress;
  /** Take what is known of files that did not change from the user's cache, and keep it there. */
  cache?: boolean;
  /** Threads; as many as are worth it by default, 0 for none. */
  workers?: number | undefined;
}

export interface ReadArchives {
  /** Named by their path in the folder, in the order of the paths. */
  archives: ArchiveInfo[];
  unreadable: Problem[];
}

type ReadOptions = Pick<ReadArchivesOptions, 'progress' | 'workers'>;

/** An archive to read, and what it was when it was read before. */
interface KnownTask {
  path: string;
  known?: ArchiveRecord | undefined;
}

type KeptResult = ArchiveRecord | { unreadable: string };

function keptResult(result: ReadResult, task: KnownTask | undefined): KeptResult[] {
  if (result === 'unchanged') return task?.known ? [task.known] : [];
  return ['unreadable' in result ? result : recordOf(result)];
}

async function readTasks(
  directory: string,
  tasks: readonly KnownTask[],
  { progress, workers }: ReadOptions,
): Promise<KeptResult[]> {
  const batches = new Map<number, readonly KeptResult[]>();
  let count = 0;
  const use = (results: readonly ReadResult[], start: number) => {
    const kept = results.flatMap((result, index) => keptResult(result, tasks[start + index]));
    batches.set(start, kept);
    count += results.length;
    progress(`reading archives ${count} of ${tasks.length}`);
  };
  const readings = tasks.map(({ path, known }) => ({ path, digest: known?.digest }));
  await readOnThreads(directory, readings, { use, workers });
  return [...batches].toSorted(([a], [b]) => a - b).flatMap(([, results]) => results);
}

/** Reads what is not in the cache as it is in the folder, and puts it there. */
async function readWithCache(
  directory: string,
  paths: readonly string[],
  options: ReadOptions,
): Promise<KeptResult[]> {
  const cached = await readArchiveCache(directory);
  const results = new Map<string, KeptResult>();
  const tasks: (KnownTask & { status: string | undefined })[] = [];
  for (const path of paths) {
    const file = statSync(join(directory, path), { bigint: true, throwIfNoEntry: false });
    const status = file && settledStatus(file);
    const known = cached.get(path);
    if (known?.status !== undefined && known.status === status) results.set(path, known.record);
    else tasks.push({ path, known: known?.record, status });
  }
  const read = await readTasks(directory, tasks, options);
  for (const [index, { path, status }] of tasks.entries()) {
    const result = read[index];
    if (result === undefined) continue;
    results.set(path, result);
    if ('unreadable' in result) cached.delete(path);
    else cached.set(path, { status, record: result });
  }
  if (tasks.length > 0) await writeCache(directory, cached, options.progress);
  return paths.flatMap((path) => results.get(path) ?? []);
}

async function writeCache(
  directory: string,
  cached: ReadonlyMap<string, CachedArchive>,
  progress: Progress,
): Promise<void> {
  try {
    await writeArchiveCache(directory, cached.values());
  } catch (error) {
    progress(`what was read could not be kept for the next run: ${String(error)}`);
  }
}

/**
 * Digest and metadata of chart archives in a folder, on all cores.
 * @param paths of the archives in the folder.
 * @throws UserError FILE_SYSTEM
 */
export async function readArchives(
  directory: string,
  paths: readonly string[],
  { progress, cache = false, workers }: ReadArchivesOptions,
): Promise<ReadArchives> {
  const options = { progress, workers };
  const results =
    cache && paths.length >= ARCHIVES_WORTH_CACHE
      ? await readWithCache(directory, paths, options)
      : await readTasks(
          directory,
          paths.map((path) => ({ path })),
          options,
        );
  const archives: ArchiveInfo[] = [];
  const unreadable: Problem[] = [];
  for (const [index, result] of results.entries())
    if ('unreadable' in result)
      unreadable.push({ message: result.unreadable, file: paths[index] ?? '' });
    else archives.push(archiveOf(result));
  return { archives, unreadable };
}
