import { resolve } from 'node:path';
import type { ChartArchive } from '../archive/archive.ts';
import { packChart } from '../archive/pack.ts';
import type { Subchart } from '../archive/load.ts';
import { parseVersion } from '../archive/version.ts';
import { isFolder } from '../files/folder.ts';
import { unavailable, type FetchOptions, type Wanted } from './source.ts';
import { parseVersionRange } from './version-range.ts';

/** Does a version lie in a range? */
export function isWanted(version: string, { version: range }: Wanted): boolean {
  const parsed = parseVersion(version);
  return parsed !== undefined && parseVersionRange(range)?.(parsed) === true;
}

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
  const archive = await packChart(directory);
  if (isWanted(archive.version, wanted)) return archive;
  throw unavailable(wanted, `the chart there has version ${archive.version}`);
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
