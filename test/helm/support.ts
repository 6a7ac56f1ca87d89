import { availableParallelism } from 'node:os';
import { findCharts } from '../../generator/src/archive/find-charts.ts';
import { readLintedChart } from '../../generator/src/lint/chart.ts';
import { kubernetesVersions } from '../../generator/src/lint/kubernetes-versions.ts';

export const PROCESSES = availableParallelism();

/** Every chart in dist/charts; fails when there is none. */
export const CHARTS: readonly string[] = await findCharts([]);

/** What one chart is rendered with. */
export interface Rendered {
  name: string;
  valuesFiles: string[];
  kubeVersion: string;
}

/** The defaults of a chart and each of its cases, on the oldest and newest supported Kubernetes. */
export async function renderingsOf(chart: string): Promise<Rendered[]> {
  const supported = await kubernetesVersions([]);
  const versions = [...new Set([supported.at(0), supported.at(-1)])].filter(
    (version) => version !== undefined,
  );
  const defaults = { name: 'default', valuesFiles: [] };
  const { cases: all } = await readLintedChart(chart, '');
  const cases = all.filter(({ valuesFiles }) => valuesFiles.length > 0);
  return [defaults, ...cases].flatMap((values) =>
    versions.map((kubeVersion) => ({ ...values, kubeVersion })),
  );
}
