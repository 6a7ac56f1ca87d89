import { resolve } from 'node:path';
import type { ChartArchive } from '../archive/archive.ts';
import { packChart } from '../archive/pack.ts';
import type { Subchart } from '../archive/load.ts';
import { isFolder } from '../files/folder.ts';
import { type FetchOptions, isWanted, unavailable, type Wanted } from './source.ts';

/**
 * Packs the chart in a folder that a dependency names by `file://`. As Helm reads it: what follows
 * is a path, absolute or from the folder of the chart, and nothing in it is encoded.
 * @throws UserError DEPENDENCIES_INVALID, and see {@link packChart}.
 */
export async function packLocalChart(
  wanted: Wanted,
  { chart, progress }: FetchOptions,
): Promise<ChartArchive> {
  const directory = resolve(chart, wanted.repository.replace(/^file:\/\//, ''));
  if (!isFolder(directory)) throw unavailable(wanted, `there is no folder ${directory}`);
  progress(`packing ${directory}`);
  return packChart(directory);
}

/**
 * Checks a dependency without a repository, which has to be in charts/ already.
 * @throws UserError DEPENDENCIES_INVALID
 */
export function assertVendored(wanted: Wanted, present: readonly Subchart[]): void {
  const versions = present.filter(({ name }) => name === wanted.name).map(({ version }) => version);
  if (versions.length === 0)
    throw unavailable(wanted, 'it names no repository and is not in charts/');
  if (!versions.some((version) => isWanted(version, wanted)))
    throw unavailable(wanted, `charts/ has version ${versions.join(' and ')}`);
}
