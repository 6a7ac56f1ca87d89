import { mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../../generator/src/files/cache-folder.ts';
import { findTool } from '../../generator/src/helm/find.ts';
import { kubernetesVersions } from '../../generator/src/lint/kubernetes-versions.ts';
import { writeKubeconformSchemas } from '../support/kubeconform.ts';
import { type Bench, CHARTS } from './bench.ts';
import { compare } from './comparison.ts';
import type { Pipeline } from './measure.ts';

const names = (await readdir(CHARTS)).filter((name) => !name.startsWith('.'));
const folders = names.map((name) => join(CHARTS, name));

/** Every case of every chart on every version, as a careful script would check it. */
async function lintByHand({
  helm,
  place,
}: Bench): Promise<{ pipelines: Pipeline[]; cells: number }> {
  const kubeconform = await findTool('kubeconform', console.error);
  const versions = await kubernetesVersions([]);
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
          [helm('lint', '--strict', folder, ...flags)],
          [helm('template', 'release', folder, ...flags), { program: kubeconform, args: check }],
        ]);
      }
  return { pipelines: cells.flat(), cells: cells.length };
}

async function checkCharts(bench: Bench): Promise<void> {
  const { place, ours } = bench;
  await findTool('helm-engine', console.error);
  const { pipelines, cells } = await lintByHand(bench);
  // A cache of its own, with the tools that are there already.
  await mkdir(place('cache'));
  await symlink(cacheFolder('tools', process.env), place('cache/tools'));
  const lint = ours(['lint'], { SPARK_CHARTS_CACHE: place('cache') });
  const forget = () => rm(place('cache/reports'), { recursive: true, force: true });
  await compare({
    what: `check ${names.length} charts, ${cells} pairs of case and Kubernetes version`,
    rounds: 3,
    theirs: {
      name: '`helm lint --strict`, `helm template \\| kubeconform -strict`, two at once',
      pipelines,
      atOnce: 2,
    },
    ours: [
      { name: '`lint`, cold', run: [lint], prepare: forget },
      { name: '`lint`, warm', run: [lint] },
    ],
  });
}

async function makeCharts({ place, ours, helm }: Bench): Promise<void> {
  await mkdir(place('starters'));
  await compare({
    what: `make ${names.length} charts`,
    rounds: 5,
    prepare: () => rm(place('charts'), { recursive: true, force: true }),
    theirs: {
      name: '`helm create`, a fixed starter',
      pipelines: names.map((name) => [helm('create', join(place('starters'), name))]),
      atOnce: 1,
    },
    ours: [{ name: '`generate`', run: [ours(['generate', '--output', place('charts')])] }],
  });
}

async function packCharts({ place, ours, helm }: Bench): Promise<void> {
  await mkdir(place('helm-packages'));
  await compare({
    what: `pack ${names.length} charts`,
    rounds: 5,
    prepare: () => rm(place('packages'), { recursive: true, force: true }),
    theirs: {
      name: '`helm package`',
      pipelines: [[helm('package', ...folders, '--destination', place('helm-packages'))]],
      atOnce: 1,
    },
    ours: [{ name: '`package`', run: [ours(['package', '--destination', place('packages')])] }],
  });
}

/** Making, checking and packing the charts of the catalogue. */
export async function benchCharts(bench: Bench): Promise<void> {
  await checkCharts(bench);
  await makeCharts(bench);
  await packCharts(bench);
}
