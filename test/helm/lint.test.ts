import { expect, test } from 'vitest';
import { chartFlags, runHelm, withHelm } from '../../generator/src/helm/helm.ts';
import { mapPool } from '../../generator/src/map-pool.ts';
import { lintCharts } from '../../generator/src/lint/lint.ts';
import { kubernetesVersions } from '../../generator/src/lint/kubernetes-versions.ts';
import { useTools } from '../support/tools.ts';
import { CHARTS, PROCESSES, renderingsOf } from './support.ts';

useTools('helm-4', 'helm-3');

const MINUTES = 60_000;

test(
  'no generated chart has a finding that is more than advice',
  { timeout: 20 * MINUTES },
  async () => {
    const kubeVersions = await kubernetesVersions([]);
    const { charts, findings } = await lintCharts(CHARTS, { kubeVersions, progress: console.log });
    expect(charts.map(({ chart }) => chart)).toEqual(CHARTS);
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  },
);

test.each(CHARTS)('helm lint --strict of Helm 3: %s', { timeout: 20 * MINUTES }, async (chart) => {
  await withHelm('helm-3', console.log, async (helm) => {
    await mapPool(await renderingsOf(chart), PROCESSES, async (rendering, signal) => {
      const args = ['lint', '--strict', ...chartFlags(rendering), chart];
      const { exitCode, stdout } = await runHelm(helm, args, { signal });
      expect(exitCode, `${rendering.name} on ${rendering.kubeVersion}:\n${stdout}`).toBe(0);
    });
  });
});
