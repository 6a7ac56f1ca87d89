import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { withTemporaryDirectory } from '../files/temporary.ts';
import { renderChart, withHelm, type Helm, type Rendering } from '../helm/helm.ts';
import { mapPool } from '../helm/pool.ts';
import type { Progress } from '../progress.ts';
import { archiveCases, directoryCases, type ValuesCase } from './cases.ts';
import { compareFindings, mergeFindings, type Finding, type Observation } from './finding.ts';
import { helmLint } from './helm-lint.ts';
import { readHelmMessage } from './helm-message.ts';
import { readManifests } from './manifests.ts';
import { duplicateObjects } from './rules/duplicate-object.ts';
import { goFormatText } from './rules/go-format-text.ts';

export interface LintOptions {
  /** Each values case is rendered for each of them. */
  kubeVersions: readonly string[];
  progress: Progress;
}

export interface LintReport {
  charts: { chart: string; cells: number }[];
  findings: Finding[];
}

interface Work {
  chart: string;
  values: ValuesCase;
  kubeVersion: string;
}

/**
 * Lints charts with Helm 4: each values case on each Kubernetes version with `helm lint --strict`
 * and by a real rendering, whose output is checked further.
 * @param charts folders with a Chart.yaml, or archives (`.tgz`).
 * @throws UserError `TOOL_MISSING` and `TOOL_FAILED` for Helm, `ARCHIVE_INVALID`, `FILE_SYSTEM`.
 */
export function lintCharts(charts: readonly string[], options: LintOptions): Promise<LintReport> {
  return withHelm('helm-4', options.progress, (helm) =>
    withTemporaryDirectory(async (directory) => {
      const work = await planWork(charts, options.kubeVersions, directory);
      let done = 0;
      const found = await mapPool(work, availableParallelism(), async (cell, signal) => {
        const findings = await lintCell(helm, cell, signal);
        done += 1;
        const { chart, values, kubeVersion } = cell;
        options.progress(
          `linted ${done} of ${work.length}: ${chart}, case ${values.name}, Kubernetes ${kubeVersion}`,
        );
        return findings;
      });
      return {
        charts: charts.map((chart) => ({
          chart,
          cells: work.filter((cell) => cell.chart === chart).length,
        })),
        findings: mergeFindings(found.flat())
          .map((finding) => atItsCase(finding, work))
          .sort(compareFindings),
      };
    }),
  );
}

async function planWork(
  charts: readonly string[],
  kubeVersions: readonly string[],
  directory: string,
): Promise<Work[]> {
  const work: Work[] = [];
  for (const [index, chart] of charts.entries())
    for (const values of await casesOf(chart, join(directory, String(index))))
      for (const kubeVersion of kubeVersions) work.push({ chart, values, kubeVersion });
  return work;
}

async function casesOf(chart: string, directory: string): Promise<ValuesCase[]> {
  if (!chart.endsWith('.tgz')) return directoryCases(chart);
  await mkdir(directory);
  return archiveCases(chart, directory);
}

async function lintCell(helm: Helm, work: Work, signal: AbortSignal): Promise<Finding[]> {
  const { chart, values, kubeVersion } = work;
  const options = { valuesFiles: values.valuesFiles, kubeVersion };
  const path = resolve(chart);
  const rendered = checkRendering(await renderChart(helm, path, options, { signal }));
  const linted = await helmLint(helm, path, options, signal);
  const known = new Set(rendered.map(({ message }) => message));
  const observations = [...rendered, ...linted.filter(({ message }) => !known.has(message))];
  const cells = [{ case: values.name, kubeVersion }];
  return observations.map((observation) => ({ ...observation, chart, cells }));
}

/** Values that break the schema in one case only are told at the file of the case. */
function atItsCase(finding: Finding, work: readonly Work[]): Finding {
  if (finding.file !== 'values.yaml' || !finding.message.startsWith('- ')) return finding;
  const cases = new Set(finding.cells.map((cell) => cell.case));
  const [file, ...others] = new Set(
    work
      .filter(({ chart, values }) => chart === finding.chart && cases.has(values.name))
      .flatMap(({ values }) => values.valuesFiles),
  );
  if (file === undefined || others.length > 0) return finding;
  return { ...finding, file: `ci/${basename(file)}` };
}

function checkRendering(rendering: Rendering): Observation[] {
  const warnings = rendering.warnings.map((message): Observation => ({
    rule: 'helm-warning',
    severity: 'warning',
    message,
  }));
  return [
    ...warnings,
    ...(rendering.ok ? checkManifests(rendering.manifests) : refusal(rendering)),
  ];
}

function checkManifests(output: string): Observation[] {
  const { manifests, invalid } = readManifests(output);
  return [...invalid, ...duplicateObjects(manifests), ...goFormatText(manifests)];
}

function refusal({ message }: { message: string }): Observation[] {
  // A library chart has nothing to render.
  if (message === 'library charts are not installable') return [];
  return [{ rule: 'helm-template', severity: 'error', ...readHelmMessage(message) }];
}
