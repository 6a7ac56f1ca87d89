// Measures this tool beside its peers, in turns, and prints a Markdown table. Not part of the tests:
//   npm run bench                  all of it
//   npm run bench -- repository    one part: charts, repository, publishing
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { type Bench, createBench } from './bench.ts';
import { benchCharts } from './charts.ts';
import { printHead } from './comparison.ts';
import { benchPublishing } from './publishing.ts';
import { benchRepository } from './repository.ts';

const PARTS: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  charts: benchCharts,
  repository: benchRepository,
  publishing: benchPublishing,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((part) => !Object.hasOwn(PARTS, part));
if (unknown.length > 0)
  throw new Error(
    `no such part: ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`,
  );

const work = await mkdtemp(join(tmpdir(), 'spark-charts-bench-'));
try {
  const { model } = cpus()[0] ?? { model: 'unknown' };
  const memory = Math.round(totalmem() / 2 ** 30);
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${model}, ${memory} GiB, Node ${process.version}; medians, in turns; memory of all processes together\n`,
  );
  printHead();
  const bench = await createBench(work);
  for (const [part, run] of Object.entries(PARTS))
    if (asked.length === 0 || asked.includes(part)) await run(bench);
} finally {
  await rm(work, { recursive: true });
}
