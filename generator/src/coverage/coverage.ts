import type { HelmEngine } from '../helm/engine.ts';
import { mapPool } from '../helm/pool.ts';
import { withEngine } from '../helm/with-engine.ts';
import { readLintedChart, type LintedChart } from '../lint/chart.ts';
import { formatPath } from '../lint/locate/locate.ts';
import type { Progress } from '../progress.ts';
import { digestOfFolder } from '../files/folder-digest.ts';
import { openReportCache } from '../report-cache.ts';
import { findGap, type Gap } from './gap.ts';
import { valueLeaves, type ValueLeaf } from './leaves.ts';
import { createRenderer } from './renderer.ts';
import { readTrials } from './trials.ts';

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
  /** One that is there already; else one is started. */
  engine?: HelmEngine;
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
  { kubeVersion, progress, engine }: CoverageOptions,
): Promise<ChartCoverage[]> {
  const cache = await openReportCache<ChartCoverage>('coverage', progress);
  // Suites and what they name count too, which Helm does not load.
  const digests = new Map<string, string>();
  const known = new Map<string, ChartCoverage>();
  for (const path of paths) {
    const digest = await digestOfFolder(path);
    digests.set(path, digest);
    const coverage = await cache.read(digest, kubeVersion);
    if (coverage) known.set(path, { ...coverage, chart: path });
  }
  const measureOthers = async (helm: HelmEngine) => {
    for (const [path, digest] of digests) {
      if (known.has(path)) continue;
      // A folder's cases need no further folder.
      const coverage = await measure(helm, await readLintedChart(path, ''), kubeVersion);
      known.set(path, coverage);
      await cache.write(coverage, digest, kubeVersion);
      progress(`measured the coverage of ${path}`);
    }
  };
  if (known.size < digests.size)
    await (engine ? measureOthers(engine) : withEngine(progress, measureOthers));
  return paths.flatMap((path) => known.get(path) ?? []);
}

async function measure(
  engine: HelmEngine,
  chart: LintedChart,
  kubeVersion: string,
): Promise<ChartCoverage> {
  const trials = await readTrials(engine, chart, kubeVersion);
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
