import { availableParallelism } from 'node:os';
import { findCharts } from '../../generator/src/archive/find-charts.ts';
import { directoryCases } from '../../generator/src/lint/cases.ts';
import { kubernetesVersions } from '../../generator/src/lint/targets.ts';

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
  const versions = await kubernetesVersions([]);
  const defaults = { name: 'default', valuesFiles: [] };
  const cases = (await directoryCases(chart)).filter(({ valuesFiles }) => valuesFiles.length > 0);
  return [defaults, ...cases].flatMap((values) =>
    versions.map((kubeVersion) => ({ ...values, kubeVersion })),
  );
}
