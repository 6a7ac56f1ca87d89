import { copyFile, link, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fillRepository, versionsOf } from './archives.ts';
import { type Bench, CHARTS } from './bench.ts';
import { compare } from './comparison.ts';
import { measure, measureInside } from './measure.ts';

const CHART_COUNT = 150;
const VERSION_COUNT = 100;
/** How often the entries of that many archives are written into the large index. */
const REPEATS = 7;
/** What is added, one after the other; the first one is not measured. */
const NEW = Array.from({ length: 11 }, (_, patch) => ({
  name: 'newcomer',
  version: `1.0.${patch}`,
}));
const LIKE = [join(CHARTS, 'spark'), join(CHARTS, 'spark-3-5')];

/** Makes `to` hold the files of `from` and no others. */
async function linkFiles(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await mkdir(to);
  for (const name of await readdir(from)) await link(join(from, name), join(to, name));
}

/** An index with the same entries under several names, as text. */
async function writeLargeIndex(index: string, to: string): Promise<void> {
  const text = await readFile(index, 'utf8');
  const start = text.indexOf('\n', text.indexOf('\nentries:') + 1) + 1;
  const end = text.indexOf('\ngenerated:') + 1;
  const entries = text.slice(start, end);
  const file = await open(to, 'w');
  await file.write(text.slice(0, start));
  for (let repeat = 0; repeat < REPEATS; repeat += 1)
    await file.write(entries.replaceAll('chart-', `chart${repeat}-`));
  await file.write(text.slice(end));
  await file.close();
}

async function benchWhole({ place, ours, helm }: Bench, cache: NodeJS.ProcessEnv): Promise<void> {
  const [own, other] = [place('ours'), place('theirs')];
  const index = ours(['repo', 'index', own], cache);
  const forget = async () => {
    await rm(join(own, 'index.yaml'), { force: true });
    await rm(place('index-cache'), { recursive: true, force: true });
  };
  await compare({
    what: `index ${CHART_COUNT * VERSION_COUNT} archives of 61 kB`,
    rounds: 3,
    theirs: { name: '`helm repo index`', pipelines: [[helm('repo', 'index', other)]], atOnce: 1 },
    ours: [
      { name: '`repo index`, nothing there', run: [index], prepare: forget },
      { name: '`repo index`, nothing new', run: [index] },
      {
        name: '`repo index --rebuild`, nothing new',
        run: [ours(['repo', 'index', own, '--rebuild'], cache)],
      },
      { name: '`repo verify`', run: [ours(['repo', 'verify', own], cache)] },
    ],
  });
}

/** Puts the next of the new archives into a folder each time. */
function addTo(folder: string, { place }: Bench): () => Promise<void> {
  const waiting = NEW.map(({ name, version }) => `${name}-${version}.tgz`);
  return async () => {
    const file = waiting.shift();
    if (file === undefined) throw new Error('no archive is left to add');
    await link(join(place('new'), file), join(folder, file));
  };
}

async function benchAddition(bench: Bench, cache: NodeJS.ProcessEnv): Promise<void> {
  const { place, ours, helm } = bench;
  const own = place('ours');
  const base = place('base.yaml');
  await copyFile(join(own, 'index.yaml'), base);
  const prepare = addTo(own, bench);
  const index = ours(['repo', 'index', own], cache);
  // A repository in use has an index that this tool wrote.
  await prepare();
  await measure([[index]], 1);
  const inside = {
    program: process.execPath,
    args: [resolve('test/bench/index-one.ts'), own],
    environment: cache,
  };
  await compare({
    what: `add one archive to an index of ${CHART_COUNT * VERSION_COUNT}`,
    rounds: 5,
    theirs: {
      name: '`helm repo index --merge`',
      pipelines: [[helm('repo', 'index', place('one'), '--merge', base)]],
      atOnce: 1,
    },
    ours: [
      { name: '`repo index`', run: [index], prepare },
      { name: '`repo index`, inside the process', run: () => measureInside(inside), prepare },
    ],
  });
}

async function benchLargeIndex(bench: Bench, cache: NodeJS.ProcessEnv): Promise<void> {
  const { place, ours } = bench;
  const [folder, base] = [place('large'), place('large.yaml')];
  await writeLargeIndex(place('base.yaml'), base);
  await mkdir(folder);
  await copyFile(base, join(folder, 'index.yaml'));
  const prepare = addTo(folder, bench);
  const index = ours(['repo', 'index', folder], cache);
  // Checked once; a repository in use has an index that this tool wrote.
  await prepare();
  await measure([[index]], 1);
  const copy = [`if=${base}`, `of=${place('copy.yaml')}`, 'bs=1M', 'conv=fsync'];
  await compare({
    what: `add one archive to an index of ${CHART_COUNT * VERSION_COUNT * REPEATS}`,
    rounds: 5,
    theirs: {
      name: 'a copy of the index with fsync',
      pipelines: [[{ program: 'dd', args: copy }]],
      atOnce: 1,
    },
    ours: [{ name: '`repo index`', run: [index], prepare }],
  });
}

/** The index of a repository: made, made again, gaining a version, checked. */
export async function benchRepository(bench: Bench): Promise<void> {
  const { place } = bench;
  console.error('making archives …');
  await fillRepository(place('filled'), versionsOf(CHART_COUNT, VERSION_COUNT), LIKE);
  await fillRepository(place('one'), NEW.slice(0, 1), LIKE);
  await fillRepository(place('new'), NEW, LIKE);
  await linkFiles(place('filled'), place('ours'));
  await linkFiles(place('filled'), place('theirs'));
  const cache = { SPARK_CHARTS_CACHE: place('index-cache') };
  await benchWhole(bench, cache);
  await benchAddition(bench, cache);
  await benchLargeIndex(bench, cache);
}
