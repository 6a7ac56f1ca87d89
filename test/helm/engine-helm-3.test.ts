import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderChart, withHelm, type Rendering } from '../../generator/src/helm/helm.ts';
import { withEngine } from '../../generator/src/helm/with-engine.ts';
import { useTools } from '../support/tools.ts';
import { writeChart } from '../unit/lint/chart.ts';
import { temporaryFolder } from '../unit/helm/temporary-folder.ts';
import { CHARTS, renderingsOf } from './support.ts';
import { SHAPES } from './shapes.ts';

useTools('helm-3', 'helm-engine');

/** What Helm 3 and 4 do otherwise, by the title of a shape. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  'values over values, versions and names': 'a template prints the version of Helm',
  'a default that is null': 'Helm 4 drops it, Helm 3 hands it to the templates',
  'a chart of an unknown API': 'Helm 3 renders it',
  'a chart of API v3': 'Helm 3 renders it',
};

/** Helm 4 leaves the blank line that ends a template. */
function manifestsOf(rendering: Rendering): string {
  if (!rendering.ok) throw new Error(rendering.message);
  return rendering.manifests.replaceAll(/\n+(?=---\n|$)/g, '\n');
}

test.each(CHARTS)('Helm 3 renders the same: %s', { timeout: 600_000 }, (path) =>
  withHelm('helm-3', console.log, (helm) =>
    withEngine(console.log, async (engine) => {
      for (const { name, valuesFiles, kubeVersion } of await renderingsOf(path)) {
        const options = { valuesFiles, kubeVersion };
        const ours = manifestsOf(await engine.render({ path, digest: '' }, options));
        const theirs = manifestsOf(await renderChart(helm, path, options));
        expect(ours, `${name} on ${kubeVersion}`).toBe(theirs);
      }
    }),
  ),
);

test.each(SHAPES)('Helm 3 does the same, or what is known of it: $title', async (shape) => {
  const path = await writeChart(shape.files, {});
  const folder = await temporaryFolder();
  const { values = {}, releaseName, namespace, kubeVersion = '1.31' } = shape.options ?? {};
  const files = [shape.given ?? '', JSON.stringify(values)];
  const valuesFiles = files.map((_, index) => join(folder, `${index}.yaml`));
  for (const [index, text] of files.entries()) await writeFile(valuesFiles[index] ?? '', text);
  // Each Helm has a Kubernetes version of its own.
  const options = {
    valuesFiles,
    kubeVersion,
    ...(releaseName !== undefined && { releaseName }),
    ...(namespace !== undefined && { namespace }),
  };
  const theirs = await withHelm('helm-3', console.log, (helm) => renderChart(helm, path, options));
  const ours = await withEngine(console.log, (engine) =>
    engine.render({ path, digest: '' }, options),
  );
  const isSame =
    ours.ok && theirs.ok ? manifestsOf(ours) === manifestsOf(theirs) : ours.ok === theirs.ok;
  expect({ isSame, ours, theirs }).toMatchObject({ isSame: !(shape.title in DIFFERENCES) });
});
