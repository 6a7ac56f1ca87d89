import { join } from 'node:path';
import { withTemporaryDirectory } from '../files/temporary.ts';
import type { HelmEngine } from '../helm/engine.ts';
import { mapPool } from '../map-pool.ts';
import type { Progress } from '../progress.ts';
import { openReportCache } from '../report-cache.ts';
import { readLintedChart, type LintedChart } from './chart.ts';
import { compareFindings, type Finding, type SuppressedFinding } from './finding.ts';
import type { ChartReport } from './lint-chart.ts';
import { isRunaway, orRunaway, runawayFinding } from './runaway.ts';

export interface LintOptions {
  /** Each values case is rendered for each of them. */
  kubeVersions: readonly string[];
  progress: Progress;
  /** One that is there already; else one is started when there is something to render. */
  engine?: HelmEngine;
}

export interface LintedChartSummary {
  /** Its path as it was given. */
  chart: string;
  cases: string[];
  /** How many renderings: each case on each Kubernetes version. */
  cells: number;
}

export interface LintReport {
  kubeVersions: string[];
  charts: LintedChartSummary[];
  findings: Finding[];
  suppressed: SuppressedFinding[];
}

/**
 * Lints charts: each values case on each Kubernetes version with Helm's own lint and by a real
 * rendering, whose output the rules look at. A chart that was linted before is not linted again.
 * @param paths folders with a Chart.yaml, or archives (`.tgz`).
 * @throws UserError `TOOL_MISSING` and `TOOL_FAILED` for Helm, `ARCHIVE_INVALID`, `CHART_INVALID`,
 *   `FILE_SYSTEM`.
 */
export function lintCharts(paths: readonly string[], options: LintOptions): Promise<LintReport> {
  return withTemporaryDirectory(async (directory) => {
    const charts = await Promise.all(
      paths.map((path, index) => readLintedChart(path, join(directory, String(index)))),
    );
    const reports = await reportsOf(charts, options);
    return {
      kubeVersions: [...options.kubeVersions],
      charts: charts.map(({ path, cases }) => ({
        chart: path,
        cases: cases.map(({ name }) => name),
        cells: cases.length * options.kubeVersions.length,
      })),
      findings: reports.flatMap(({ findings }) => findings).sort(compareFindings),
      suppressed: reports.flatMap(({ suppressed }) => suppressed).sort(compareFindings),
    };
  });
}

/** The reports of charts, made for those that the cache does not have. */
async function reportsOf(
  charts: readonly LintedChart[],
  options: LintOptions,
): Promise<ChartReport[]> {
  const { kubeVersions, progress } = options;
  const cache = await openReportCache<ChartReport>('lint', progress);
  const partsOf = ({ digest, isArchive }: LintedChart) => [digest, isArchive, kubeVersions];
  const reports = new Map<LintedChart, ChartReport>();
  for (const chart of charts) {
    const known = await cache.read(...partsOf(chart));
    if (known) reports.set(chart, known);
  }
  const others = charts.filter((chart) => !reports.has(chart));
  await lintAll(others, options, async (chart, report, isPinned) => {
    reports.set(chart, report);
    const isFinal = isPinned && ![...report.findings, ...report.suppressed].some(isRunaway);
    if (isFinal) await cache.write(report, ...partsOf(chart));
  });
  return [...reports].map(([{ path }, report]) => nameChart(report, path));
}

async function lintAll(
  charts: readonly LintedChart[],
  { kubeVersions, progress, engine }: LintOptions,
  onReport: (chart: LintedChart, report: ChartReport, isPinned: boolean) => Promise<void>,
): Promise<void> {
  if (charts.length === 0) return;
  // Not loaded where all is known already.
  const [{ withEngine }, { lintChart }] = await Promise.all([
    import('../helm/with-engine.ts'),
    import('./lint-chart.ts'),
  ]);
  const total = charts.reduce((sum, { cases }) => sum + cases.length * kubeVersions.length, 0);
  let done = 0;
  const lintEach = (helm: HelmEngine) =>
    mapPool(charts, 2, async (chart) => {
      const linted = lintChart(helm, chart, kubeVersions, (cell) => {
        done += 1;
        const what = `${chart.path}, case ${cell.case}, Kubernetes ${cell.kubeVersion}`;
        progress(`linted ${done} of ${total}: ${what}`);
      });
      const report = await orRunaway(linted, (message) => ({
        findings: [runawayFinding(chart, message)],
        suppressed: [],
      }));
      // At once: whatever another chart leads to, this one need not be linted again.
      await onReport(chart, report, helm.isPinned);
    });
  await (engine ? lintEach(engine) : withEngine(progress, lintEach));
}

/** A chart of the same content may have been linted at another path. */
function nameChart({ findings, suppressed }: ChartReport, chart: string): ChartReport {
  return {
    findings: findings.map((finding) => ({ ...finding, chart })),
    suppressed: suppressed.map((finding) => ({ ...finding, chart })),
  };
}
