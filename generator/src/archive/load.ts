import { type Problem, UserError } from '../errors.ts';
import type { FileSet } from '../fileset/fileset.ts';
import { type Dependency, type Lock, lockPath, readLock } from './lock.ts';
import { type ChartMetadata, parseMetadata } from './metadata.ts';
import { readArchive } from './read.ts';
import { valuesProblems } from './values.ts';

/** A chart in charts/ of another one. */
export interface Subchart {
  name: string;
  version: string;
  /** `charts/redis-1.2.3.tgz`, or a folder, `charts/redis`. */
  path: string;
}

/** A chart as Helm loads it. */
export interface LoadedChart {
  metadata: ChartMetadata;
  /** What it depends on. */
  dependencies: readonly Dependency[];
  lock: Lock | undefined;
  /** What is in its charts/. */
  subcharts: readonly Subchart[];
}

const CHARTS = 'charts/';

/** The files below a folder by their paths in it. */
function filesBelow(files: FileSet, folder: string): FileSet {
  const inside = [...files].filter(([path]) => path.startsWith(`${folder}/`));
  return new Map(inside.map(([path, content]) => [path.slice(folder.length + 1), content]));
}

/** What charts/ holds by its names there, without those that Helm never looks at. */
function namesInCharts(files: FileSet): string[] {
  const paths = [...files.keys()].filter(
    (path) => path.startsWith(CHARTS) && !path.endsWith('.prov'),
  );
  const names = new Set(paths.map((path) => path.slice(CHARTS.length).split('/', 1).join()));
  return [...names].filter((name) => !/^[._]/.test(name));
}

function loadSubchart(files: FileSet, path: string, chart: string): Subchart {
  const file = `${chart}/${path}`;
  const archive = path.endsWith('.tgz') ? files.get(path) : undefined;
  const inside = filesBelow(files, path);
  if (!archive && !inside.has('Chart.yaml'))
    throw new UserError('CHART_INVALID', `${file} is no chart: Helm would not load ${chart}`, {
      next: 'Move it out of charts/, or put its name into .helmignore.',
    });
  const { metadata } = archive ? readArchive(archive, file) : loadChart(inside, file);
  return { name: metadata.name, version: metadata.version, path };
}

/**
 * Chart.yaml among a chart's files, and what a v1 chart has beside it.
 * @param chart what to call the chart in messages.
 * @throws UserError CHART_INVALID
 */
export function readMetadata(files: FileSet, chart: string): ChartMetadata {
  const content = files.get('Chart.yaml');
  if (content === undefined)
    throw new UserError('CHART_INVALID', `${chart} is not a chart: it has no Chart.yaml`);
  const requirements = files.get('requirements.yaml');
  return parseMetadata(
    content,
    { file: `${chart}/Chart.yaml`, code: 'CHART_INVALID' },
    requirements && { content: requirements, file: `${chart}/requirements.yaml` },
  );
}

/**
 * What Helm makes of a chart's files before it renders any (pkg/chart/v2/loader/load.go), subcharts
 * in folders all the way down.
 * @param chart what to call the chart in messages.
 * @throws UserError CHART_INVALID, ARCHIVE_INVALID for what Helm would not load.
 */
export function loadChart(files: FileSet, chart: string): LoadedChart {
  const metadata = readMetadata(files, chart);
  const problems: Problem[] = valuesProblems(files, chart);
  if (problems.length > 0)
    throw new UserError('CHART_INVALID', `${chart} cannot be loaded by Helm`, { problems });
  const lock = files.get(lockPath(metadata));
  return {
    metadata,
    dependencies: (metadata.dependencies ?? []) as Dependency[],
    lock: lock && readLock(lock, `${chart}/${lockPath(metadata)}`),
    subcharts: namesInCharts(files).map((name) => loadSubchart(files, CHARTS + name, chart)),
  };
}

/**
 * Refuses a chart that lacks what it depends on. As Helm does, by name only.
 * @throws UserError DEPENDENCIES_INVALID with every chart that is missing.
 */
export function assertComplete({ dependencies, subcharts }: LoadedChart, chart: string): void {
  const present = new Set(subcharts.map(({ name }) => name));
  const missing = dependencies.filter(({ name }) => !present.has(name));
  if (missing.length === 0) return;
  const problems = missing.map(({ name, version = '', repository }) => ({
    message: `${[name, version].join(' ').trim()} is not in charts/`,
    file: chart,
    ...(repository !== '' && { hint: `it comes from ${repository}` }),
  }));
  throw new UserError('DEPENDENCIES_INVALID', `${chart} lacks charts that it depends on`, {
    problems,
    next: 'Run `spark-charts package --dependency-update`, which gets them, or put them into charts/.',
  });
}
