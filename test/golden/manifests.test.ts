import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { renderChart, withHelm } from '../../generator/src/helm/helm.ts';
import { useTools } from '../support/tools.ts';

useTools('helm-4');

// What operators get, one small file an object. After an intended change: npm test -- --update
const CASES = [
  { chart: 'spark', values: 'default' },
  { chart: 'spark', values: 'production' },
  { chart: 'spark', values: 'everything' },
  { chart: 'spark-3-5', values: 'default' },
  { chart: 'spark', values: 'history-server' },
  { chart: 'spark', values: 'object-store' },
  { chart: 'spark-history-server', values: 'default' },
  { chart: 'spark-history-server', values: 'object-store' },
];

/** Without what changes with every release of the chart. */
function steady(text: string): string {
  return text
    .replace(/(helm\.sh\/chart: [a-z0-9-]+)-\d+\.\d+\.\d+.*/g, '$1-<version>')
    .replace(/(checksum\/configuration: )\w+/g, '$1<digest>');
}

test.each(CASES)('$chart with the values of the case $values', async ({ chart, values }) => {
  const directory = join('dist/charts', chart);
  const valuesFiles = [join(directory, 'ci', `${values}-values.yaml`)];
  const rendering = await withHelm('helm-4', console.log, (helm) =>
    renderChart(helm, directory, { valuesFiles, releaseName: 'demo', namespace: 'analytics' }),
  );
  if (!rendering.ok) throw new Error(rendering.message);
  const golden = join(import.meta.dirname, 'manifests', chart, values);
  const names: string[] = [];
  for (const document of parseAllDocuments(steady(rendering.manifests))) {
    const { kind, metadata } = document.toJS() as { kind: string; metadata: { name: string } };
    const name = `${kind.toLowerCase()}-${metadata.name}.yaml`;
    names.push(name);
    document.commentBefore = null;
    await expect(document.toString({ lineWidth: 0 })).toMatchFileSnapshot(join(golden, name));
  }
  const goldenFiles = await readdir(golden);
  const stale = goldenFiles.filter((name) => !names.includes(name));
  expect(stale, 'golden files that no object matches any more').toEqual([]);
});
