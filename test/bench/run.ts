// Measures this tool beside Helm, in turns, and prints a Markdown table. Not part of the tests:
//   npm run bench
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { packFiles } from '../../generator/src/archive/pack.ts';
import { readChartDirectory } from '../../generator/src/archive/chart-directory.ts';
import { findTool } from '../../generator/src/helm/find.ts';
import { type Command, measure, median, type Run } from './measure.ts';

const ROUNDS = 5;
const ARCHIVES = 1000;
const CHARTS = resolve('dist/charts');

const helm = await findTool('helm-4', console.error);
const work = await mkdtemp(join(tmpdir(), 'spark-charts-bench-'));
const ours = (...args: string[]): Command => ({
  program: process.execPath,
  args: [resolve('generator/bin/run.js'), ...args],
});
const theirs = (...args: string[]): Command => ({ program: helm, args });

interface Comparison {
  what: string;
  /** Brings the files to where both start from; not measured. */
  prepare?: () => Promise<void>;
  ours: Command[];
  theirs: Command[];
}

const charts = (await readdir(CHARTS)).filter((name) => !name.startsWith('.'));
const folders = charts.map((name) => join(CHARTS, name));

/** Every case of every chart on both Kubernetes versions, as a shell script would do it. */
async function lintByHand(): Promise<Command[]> {
  const commands: Command[] = [];
  for (const folder of folders) {
    for (const values of await readdir(join(folder, 'ci'))) {
      for (const kubeVersion of ['1.31', '1.36']) {
        const flags = ['--values', join(folder, 'ci', values), '--kube-version', kubeVersion];
        commands.push(theirs('lint', '--strict', folder, ...flags));
        commands.push(theirs('template', 'release', folder, ...flags));
      }
    }
  }
  return commands;
}

/** A repository folder with many versions of one chart. */
async function fill(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const source = await readChartDirectory(join(CHARTS, 'spark'));
  const chartYaml = new TextDecoder().decode(source.get('Chart.yaml'));
  for (let patch = 0; patch < ARCHIVES; patch++) {
    const text = chartYaml.replace(/^version: .*/m, `version: 0.1.${patch}`);
    const files = new Map(source).set('Chart.yaml', new TextEncoder().encode(text));
    const archive = await packFiles(files, 'spark');
    await writeFile(join(directory, archive.fileName), archive.bytes);
  }
}

const filled = join(work, 'filled');
const [forUs, forHelm] = [join(work, 'ours'), join(work, 'theirs')];
await fill(filled);
await mkdir(join(work, 'starters'));
await mkdir(join(work, 'helm-packages'));
const copies = async () => {
  for (const copy of [forUs, forHelm]) {
    await rm(copy, { recursive: true, force: true });
    await cp(filled, copy, { recursive: true });
  }
};
const empty = async () => {
  await rm(join(work, 'charts'), { recursive: true, force: true });
};

const comparisons: Comparison[] = [
  {
    what: `make ${charts.length} charts: \`generate\` / \`helm create\`, a fixed starter`,
    prepare: empty,
    ours: [ours('generate', '--output', join(work, 'charts'))],
    theirs: charts.map((name) => theirs('create', join(work, 'starters', name))),
  },
  {
    what: `lint and render each case on two Kubernetes versions: \`lint\` / \`helm lint\` + \`helm template\``,
    ours: [ours('lint')],
    theirs: await lintByHand(),
  },
  {
    what: `pack ${charts.length} charts: \`package\` / \`helm package\``,
    prepare: async () => {
      await rm(join(work, 'packages'), { recursive: true, force: true });
    },
    ours: [ours('package', '--destination', join(work, 'packages'))],
    theirs: [theirs('package', ...folders, '--destination', join(work, 'helm-packages'))],
  },
  {
    what: `index ${ARCHIVES} archives: \`repo index\` / \`helm repo index\``,
    prepare: copies,
    ours: [ours('repo', 'index', forUs)],
    theirs: [theirs('repo', 'index', forHelm)],
  },
];

const row = (cells: readonly (string | number)[]) => {
  console.log(`| ${cells.join(' | ')} |`);
};
const figures = (runs: readonly Run[]) =>
  `${median(runs.map(({ seconds }) => seconds)).toFixed(2)} s, ${median(runs.map(({ mebibytes }) => mebibytes)).toFixed(0)} MiB`;

try {
  const { model } = cpus()[0] ?? { model: 'unknown' };
  const memory = Math.round(totalmem() / 2 ** 30);
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${model}, ${memory} GiB, Node ${process.version}, Helm 4; medians of ${ROUNDS} runs in turns; memory of the largest process\n`,
  );
  row(['what', 'spark-charts', 'Helm', 'time, ours / Helm']);
  row(['---', '---', '---', '---']);
  for (const { what, prepare, ours, theirs } of comparisons) {
    const pairs: { ours: Run; theirs: Run }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await prepare?.();
      pairs.push({ ours: await measure(ours), theirs: await measure(theirs) });
    }
    const ratio = median(pairs.map((pair) => pair.ours.seconds / pair.theirs.seconds));
    const sides = [pairs.map((pair) => pair.ours), pairs.map((pair) => pair.theirs)];
    row([what, ...sides.map(figures), ratio.toFixed(2)]);
  }
} finally {
  await rm(work, { recursive: true });
}
