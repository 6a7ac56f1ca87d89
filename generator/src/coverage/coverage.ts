import type { HelmEngine } from '../helm/engine.ts';
import { mapPool } from '../map-pool.ts';
import { withEngine } from '../helm/with-engine.ts';
import { readLintedChart, type LintedChart } from '../lint/chart.ts';
import { formatPath } from '../lint/locate/locate.ts';
import type { Progress } from '../progress.ts';
import { openReportCache } from '../report-cache.ts';
import { findGap, type Gap } from './gap.ts';
import { valueLeaves, type ValueLeaf } from './leaves.ts';
import { createRenderer } from './renderer.ts';
import { digestOfTests, readSuites, type Trial } from './suites.ts';
import { changedTrials } from './trials.ts';

/** A value that nothing shows to work. */
export interface UncoveredValue extends Gap, Pick<ValueLeaf, 'file' | 'line'> {
  /** `worker.replicas` */
  path: string;
}

/** How many of a chart's values its cases and suites cover. */
export interface ChartCoverage {
  /** The chart's path as it was given. */
  chart: string;
  values: number;
  covered: number;
  uncovered: UncoveredValue[];
}

export interface CoverageOptions {
  /** What the chart is rendered for where a test does not say. */
  kubeVersion: string;
  progress: Progress;
}

/**
 * Measures which values of charts their cases (`ci/*-values.yaml`) and helm-unittest suites cover.
 * A value is covered when one of them sets it to something else than its default, and putting the
 * default back changes what the chart renders.
 * @param paths folders with a Chart.yaml.
 * @throws UserError `TOOL_MISSING` and `TOOL_FAILED` for Helm, `CHART_INVALID`, `FILE_SYSTEM`.
 */
export async function measureCoverage(
  paths: readonly string[],
  { kubeVersion, progress }: CoverageOptions,
): Promise<ChartCoverage[]> {
  const cache = await openReportCache<ChartCoverage>('coverage', progress);
  const partsOf = ({ chart, digest }: TestedChart) => [chart.digest, digest, kubeVersion];
  const known = new Map<string, ChartCoverage>();
  const others: TestedChart[] = [];
  for (const path of new Set(paths)) {
    const tested = await readTestedChart(path);
    const coverage = await cache.read(...partsOf(tested));
    if (coverage) known.set(path, { ...coverage, chart: path });
    else others.push(tested);
  }
  const measureOthers = async (engine: HelmEngine) => {
    for (const tested of others) {
      const { path } = tested.chart;
      const coverage = await measure(engine, tested, kubeVersion);
      known.set(path, coverage);
      // What another Helm shows is not what the next run would find.
      if (engine.isPinned) await cache.write(coverage, ...partsOf(tested));
      progress(`measured the coverage of ${path}`);
    }
  };
  if (others.length > 0) await withEngine(progress, measureOthers);
  return paths.flatMap((path) => known.get(path) ?? []);
}

/** A chart with the tests of its suites, which Helm does not load. */
interface TestedChart {
  chart: LintedChart;
  tests: Trial[];
  /** Of the tests. */
  digest: string;
}

async function readTestedChart(path: string): Promise<TestedChart> {
  // A folder's cases need no further folder.
  const chart = await readLintedChart(path, '');
  const tests = await readSuites(path);
  return { chart, tests, digest: await digestOfTests(tests) };
}

async function measure(
  engine: HelmEngine,
  { chart, tests }: TestedChart,
  kubeVersion: string,
): Promise<ChartCoverage> {
  const trials = await changedTrials(engine, chart, tests, kubeVersion);
  const leaves = valueLeaves(chart.files);
  const render = createRenderer(engine, chart);
  const found = await mapPool(leaves, 2 * engine.processes, async (leaf) => {
    const gap = await findGap(render, trials, leaf.path);
    return gap ? [{ ...leaf, path: formatPath(leaf.path), ...gap }] : [];
  });
  const uncovered = found.flat();
  return {
    chart: chart.path,
    values: leaves.length,
    covered: leaves.length - uncovered.length,
    uncovered,
  };
}
