import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { kubernetesVersions } from '../../../generator/src/lint/kubernetes-versions.ts';
import { lintTargets, withLintTargets } from '../../../generator/src/lint/targets.ts';
import { silent } from '../../../generator/src/progress.ts';
import { temporaryFolder } from '../helm/temporary-folder.ts';
import { writeChart } from './chart.ts';

const home = process.cwd();

afterEach(() => {
  process.chdir(home);
});

/** Works in a folder with a catalogue that says this of Kubernetes. */
async function useCatalog(text: string): Promise<void> {
  process.chdir(await temporaryFolder());
  await mkdir('charts-src');
  await writeFile('charts-src/catalog.yaml', text);
}

test('folders, folders of charts, names of generated charts and archives, each once', async () => {
  const chart = await writeChart();
  process.chdir(dirname(chart));
  await mkdir('dist/charts', { recursive: true });
  await rename('demo', 'dist/charts/demo');
  expect(await lintTargets([])).toEqual(['dist/charts/demo']);
  expect(await lintTargets(['demo', 'dist/charts', 'a-1.0.0.tgz', 'a-1.0.0.tgz'])).toEqual([
    'dist/charts/demo',
    'a-1.0.0.tgz',
  ]);
  expect(await lintTargets(['dist', 'dist/charts/demo'])).toEqual(['dist/charts/demo']);
  await expect(lintTargets(['nowhere'])).rejects.toMatchObject({ code: 'USAGE' });
  const options = { plainHttp: false, progress: silent };
  await withLintTargets([join('dist', 'charts', 'demo')], options, (targets) => {
    expect(targets).toEqual([{ name: 'dist/charts/demo', path: 'dist/charts/demo' }]);
    return Promise.resolve();
  });
});

test('Kubernetes versions that are asked for are taken, each once, the oldest first', async () => {
  const asked = ['1.36', 'v1.31.4', '1.9', '1.36'];
  expect(await kubernetesVersions(asked)).toEqual(['1.9', 'v1.31.4', '1.36']);
  await expect(kubernetesVersions(['1.33', 'new'])).rejects.toMatchObject({ code: 'USAGE' });
});

test('every minor version that the catalogue supports', async () => {
  await useCatalog('kubernetes:\n  oldest: "1.9"\n  newest: "1.12"\n');
  expect(await kubernetesVersions([])).toEqual(['1.9', '1.10', '1.11', '1.12']);
  await useCatalog('kubernetes: { oldest: "1.36", newest: "1.36" }\n');
  expect(await kubernetesVersions([])).toEqual(['1.36']);
});

test('without a catalogue every version whose API is known', async () => {
  process.chdir(await temporaryFolder());
  const versions = await kubernetesVersions([]);
  expect(versions.length).toBeGreaterThan(1);
  for (const version of versions) expect(version).toMatch(/^1\.\d+$/);
});

test.each([
  ['no YAML', 'a: ['],
  ['a list', '- a'],
  ['nothing of Kubernetes', 'repository: {}'],
  ['a number for a version', 'kubernetes: { oldest: 1.31, newest: "1.36" }'],
  ['a newest that is older', 'kubernetes: { oldest: "1.36", newest: "1.31" }'],
])('a catalogue with %s is told as generate tells it', async (_, text) => {
  await useCatalog(text);
  await expect(kubernetesVersions([])).rejects.toMatchObject({
    code: 'SOURCE_INVALID',
    problems: expect.arrayContaining([
      expect.objectContaining({ file: 'charts-src/catalog.yaml' }),
    ]) as unknown,
  });
});
