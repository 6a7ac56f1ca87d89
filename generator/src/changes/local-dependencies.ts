import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readMetadata } from '../archive/load.ts';
import type { Dependency } from '../archive/lock.ts';
import { readFilesIfPresent } from '../files/read.ts';
import { unlessInvalid } from './chart-state.ts';

async function readDependencies(chart: string): Promise<Dependency[]> {
  const files = await readFilesIfPresent(chart, ['Chart.yaml', 'requirements.yaml']);
  return (readMetadata(files, chart).dependencies ?? []) as unknown as Dependency[];
}

/**
 * The folders of charts that a chart names by `file://` and that are there.
 * @param chart its folder without symbolic links; so are the results.
 */
async function localDependencies(chart: string): Promise<string[]> {
  const dependencies = (await unlessInvalid(readDependencies(chart))) ?? [];
  const folders = dependencies
    .map(({ repository }) => repository)
    .filter((repository) => repository.startsWith('file://'))
    .map((repository) => resolve(chart, repository.slice('file://'.length)));
  const found = await Promise.all(folders.map((folder) => realpath(folder).catch(() => [])));
  return found.flat();
}

/** Charts, and those that they need by `file://`, however far: folder → the folders it names. */
export async function withLocalDependencies(
  charts: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const known = new Map<string, readonly string[]>();
  const waiting = [...charts];
  for (let chart = waiting.pop(); chart !== undefined; chart = waiting.pop()) {
    if (known.has(chart)) continue;
    const needed = await localDependencies(chart);
    known.set(chart, needed);
    waiting.push(...needed);
  }
  return known;
}
