// Measures this tool beside its peers, in turns, and prints a Markdown table. Not part of the tests:
//   npm run bench
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { cacheFolder } from '../../generator/src/files/cache-folder.ts';
import { findTool } from '../../generator/src/helm/find.ts';
import { kubernetesVersions } from '../../generator/src/lint/kubernetes-versions.ts';
import { writeKubeconformSchemas } from '../support/kubeconform.ts';
import { compare, printHead } from './comparison.ts';
import type { Command, Pipeline } from './measure.ts';
import { copyTo, fillRepository } from './repository.ts';

const ARCHIVES = 1000;
const CHARTS = resolve('dist/charts');

const helm = await findTool('helm-4', console.error);
const kubeconform = await findTool('kubeconform', console.error);
await findTool('helm-engine', console.error);
const versions = await kubernetesVersions([]);
const names = (await readdir(CHARTS)).filter((name) => !name.startsWith('.'));
const folders = names.map((name) => join(CHARTS, name));

const work = await mkdtemp(join(tmpdir(), 'spark-charts-bench-'));
const place = (name: string) => join(work, name);

const ours = (args: readonly string[], environment?: NodeJS.ProcessEnv): Command => ({
  program: process.execPath,
  args: [resolve('generator/bin/run.js'), ...args],
  ...(environment && { environment }),
});
const theirs = (...args: string[]): Command => ({ program: helm, args });

/** Every case of every chart on every version, as a careful script would check it. */
async function lintByHand(): Promise<{ pipelines: Pipeline[]; cells: number }> {
  const schemas = writeKubeconformSchemas(place('schemas'), versions);
  const cells: Pipeline[][] = [];
  for (const folder of folders)
    for (const values of await readdir(join(folder, 'ci')))
      for (const version of versions) {
        const flags = ['--values', join(folder, 'ci', values), '--kube-version', version];
        const check = [
          '-strict',
          '-kubernetes-version',
          `${version}.0`,
          '-schema-location',
          schemas,
        ];
        cells.push([
          [theirs('lint', '--strict', folder, ...flags)],
          [theirs('template', 'release', folder, ...flags), { program: kubeconform, args: check }],
        ]);
      }
  return { pipelines: cells.flat(), cells: cells.length };
}

try {
  const { model } = cpus()[0] ?? { model: 'unknown' };
  const memory = Math.round(totalmem() / 2 ** 30);
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${model}, ${memory} GiB, Node ${process.version}; medians, in turns; memory of all processes together\n`,
  );
  printHead();
  const { pipelines, cells } = await lintByHand();
  // A cache of its own, with the tools that are there already.
  await mkdir(place('cache'));
  await symlink(cacheFolder('tools', process.env), join(place('cache'), 'tools'));
  const lint = ours(['lint'], { SPARK_CHARTS_CACHE: place('cache') });
  const forget = () => rm(join(place('cache'), 'reports'), { recursive: true, force: true });
  await compare({
    what: `check ${names.length} charts, ${cells} pairs of case and Kubernetes version`,
    rounds: 3,
    theirs: {
      name: '`helm lint --strict`, `helm template \\| kubeconform -strict`, two at once',
      pipelines,
      atOnce: 2,
    },
    ours: [
      { name: '`lint`, cold', pipeline: [lint], prepare: forget },
      { name: '`lint`, warm', pipeline: [lint] },
    ],
  });
  await mkdir(place('starters'));
  await compare({
    what: `make ${names.length} charts`,
    rounds: 5,
    prepare: () => rm(place('charts'), { recursive: true, force: true }),
    theirs: {
      name: '`helm create`, a fixed starter',
      pipelines: names.map((name) => [theirs('create', join(place('starters'), name))]),
      atOnce: 1,
    },
    ours: [{ name: '`generate`', pipeline: [ours(['generate', '--output', place('charts')])] }],
  });
  await mkdir(place('helm-packages'));
  await compare({
    what: `pack ${names.length} charts`,
    rounds: 5,
    prepare: () => rm(place('packages'), { recursive: true, force: true }),
    theirs: {
      name: '`helm package`',
      pipelines: [[theirs('package', ...folders, '--destination', place('helm-packages'))]],
      atOnce: 1,
    },
    ours: [
      { name: '`package`', pipeline: [ours(['package', '--destination', place('packages')])] },
    ],
  });
  await fillRepository(place('filled'), join(CHARTS, 'spark'), ARCHIVES);
  await compare({
    what: `index ${ARCHIVES} archives`,
    rounds: 5,
    prepare: () => copyTo(place('filled'), [place('ours'), place('theirs')]),
    theirs: {
      name: '`helm repo index`',
      pipelines: [[theirs('repo', 'index', place('theirs'))]],
      atOnce: 1,
    },
    ours: [{ name: '`repo index`', pipeline: [ours(['repo', 'index', place('ours')])] }],
  });
} finally {
  await rm(work, { recursive: true });
}
