import { expect, test } from 'vitest';
import { renderChart, withHelm } from '../../generator/src/helm/helm.ts';
import { mapPool } from '../../generator/src/map-pool.ts';
import { readManifests } from '../../generator/src/lint/manifests.ts';
import { useTools } from '../support/tools.ts';
import { CHARTS, PROCESSES, renderingsOf } from './support.ts';

useTools('helm-4', 'helm-3');

/** The objects that each rendering of a chart has, which must all succeed; Helms space them differently. */
async function objectsOf(chart: string, helm: 'helm-3' | 'helm-4') {
  const renderings = await renderingsOf(chart);
  return withHelm(helm, console.log, (tool) =>
    mapPool(renderings, PROCESSES, async (rendering, signal) => {
      const { name, kubeVersion } = rendering;
      const result = await renderChart(tool, chart, rendering, { signal });
      if (!result.ok) throw new Error(`${name} on ${kubeVersion}: ${result.message}`);
      const { manifests, objects: described } = readManifests(result.manifests);
      const invalid = manifests.filter((manifest) => manifest.invalid);
      expect([...result.warnings, ...invalid], `${name} on ${kubeVersion}`).toEqual([]);
      const objects = described.map(({ body }) => body);
      expect(objects, `${name} on ${kubeVersion}`).not.toEqual([]);
      return { name, kubeVersion, objects };
    }),
  );
}

test.each(CHARTS)('Helm 3 and 4 render the same: %s', { timeout: 1_200_000 }, async (chart) => {
  expect(await objectsOf(chart, 'helm-3')).toEqual(await objectsOf(chart, 'helm-4'));
});
