import { join } from 'node:path';
import type { ChartArchive } from '../archive/archive.ts';
import { readChartDirectory } from '../archive/chart-directory.ts';
import { loadChart, type LoadedChart, type Subchart } from '../archive/load.ts';
import { type Dependency, lockPath } from '../archive/lock.ts';
import { sourceDate } from '../archive/source-date.ts';
import { attemptAll } from '../attempt-all.ts';
import { fileSystemError } from '../errors.ts';
import { makeFolder } from '../files/folder.ts';
import { lockOf, withLock } from '../files/lock.ts';
import { fetchDependency } from './fetch.ts';
import { assertVendored } from './local.ts';
import { formatLock, lockDigest } from './lock.ts';
import { type FetchOptions, unavailable } from './source.ts';
import { vendorCharts } from './vendor.ts';
import { parseVersionRange } from './version-range.ts';

type UpdateOptions = Omit<FetchOptions, 'chart'>;

const WAIT_MILLISECONDS = 10 * 60_000;

async function loadChartFolder(chart: string): Promise<LoadedChart> {
  return loadChart(await readChartDirectory(chart), chart);
}

/** What a dependency comes to; there is no archive where it stands in charts/ by itself. */
interface Obtained {
  locked: Dependency;
  archive?: ChartArchive;
}

async function obtain(
  { name, repository, version = '' }: Dependency,
  present: readonly Subchart[],
  options: FetchOptions,
): Promise<Obtained> {
  const wanted = { name, repository, version };
  if (parseVersionRange(version) === undefined)
    throw unavailable(wanted, `${JSON.stringify(version)} is no version and no range of versions`);
  if (repository === '') {
    assertVendored(wanted, present);
    return { locked: wanted };
  }
  const archive = await fetchDependency(wanted, options);
  return { locked: { name, repository, version: archive.version }, archive };
}

/** As {@link obtain}, but exactly the version: to a range `1.0.0` is `1.0.0+2` as well. */
async function obtainLocked(
  locked: Dependency,
  present: readonly Subchart[],
  options: FetchOptions,
): Promise<Obtained> {
  const obtained = await obtain(locked, present, options);
  const { name, repository, version = '' } = locked;
  if (obtained.archive === undefined || obtained.archive.version === version) return obtained;
  throw unavailable(
    { name, repository, version },
    `the lock file asks for exactly this version, and there is ${obtained.archive.version}`,
    'Remove the lock file to have versions chosen anew.',
  );
}

async function update(chart: string, options: FetchOptions): Promise<void> {
  const { metadata, dependencies: required, subcharts, lock } = await loadChartFolder(chart);
  const isInStep = lock?.digest === lockDigest(required, lock?.dependencies ?? []);
  const locked = isInStep ? lock.dependencies : undefined;
  const obtained = await attemptAll(
    locked ?? required,
    (dependency) => (locked ? obtainLocked : obtain)(dependency, subcharts, options),
    (failures) => `${failures} dependencies of ${chart} cannot be had`,
  );
  const archives = obtained.flatMap(({ archive }) => archive ?? []);
  const dependencies = obtained.map(({ locked }) => locked);
  const digest = lockDigest(required, dependencies);
  const text = formatLock({ dependencies, digest }, sourceDate() ?? new Date());
  // A lock that says the same keeps its time, so that the chart keeps its bytes.
  const newLock = digest === lock?.digest ? undefined : { path: lockPath(metadata), text };
  await vendorCharts(chart, archives, subcharts, newLock);
}

async function updateChart(chart: string, options: UpdateOptions): Promise<void> {
  const { dependencies } = await loadChartFolder(chart);
  if (dependencies.length === 0) return;
  const directory = join(chart, 'charts');
  const lockOptions = {
    progress: options.progress,
    busy: `is getting the dependencies of ${chart}`,
    waitMilliseconds: WAIT_MILLISECONDS,
  };
  try {
    makeFolder(directory);
    await withLock(lockOf(directory), lockOptions, () => update(chart, { ...options, chart }));
  } catch (error) {
    throw fileSystemError(error, `getting the dependencies of ${chart}`);
  }
}

/**
 * Gets the charts that charts depend on into their charts/. Where the lock file belongs to the
 * dependencies, exactly what it names, as `helm dependency build`; else the newest that fit, and the
 * lock file is written, as `helm dependency update`. For each chart all of it is done or nothing.
 * @param charts the charts' folders.
 * @throws UserError DEPENDENCIES_INVALID, NETWORK and others with all that cannot be had;
 *   CHART_INVALID, FILE_SYSTEM, BUSY
 */
export async function updateDependencies(
  charts: readonly string[],
  options: Pick<FetchOptions, 'plainHttp' | 'progress'>,
): Promise<void> {
  const indexes: FetchOptions['indexes'] = new Map();
  await attemptAll(
    charts,
    (chart) => updateChart(chart, { ...options, indexes }),
    (failures) => `dependencies of ${failures} charts cannot be had`,
  );
}
