import { expect, test } from 'vitest';
import { withEngine } from '../../generator/src/helm/with-engine.ts';
import { readLintedChart } from '../../generator/src/lint/chart.ts';
import { kubernetesVersions } from '../../generator/src/lint/kubernetes-versions.ts';
import { runMatrix } from '../../generator/src/lint/matrix.ts';
import { useTools } from '../support/tools.ts';
import { CHARTS } from './support.ts';

useTools('helm-engine');

test('what is taken from the oldest and newest version is what Helm makes of each', async () => {
  const versions = await kubernetesVersions([]);
  expect(versions.length).toBeGreaterThan(2);
  await withEngine(console.log, async (engine) => {
    for (const path of CHARTS) {
      const chart = await readLintedChart(path, '');
      const cells = await runMatrix(engine, chart, versions, () => undefined);
      expect(cells).toHaveLength(chart.cases.length * versions.length);
      for (const { case: values, kubeVersion, rendering, messages } of cells) {
        const options = { valuesFiles: values.valuesFiles, kubeVersion };
        const what = `${path} ${values.name} ${kubeVersion}`;
        expect(await engine.render(chart, options), what).toEqual(rendering);
        expect(await engine.lint(chart, options), what).toEqual(messages);
      }
    }
  });
});
