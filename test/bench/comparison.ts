import { median, measure, type Pipeline, type Run } from './measure.ts';

/** Something done by this tool in one or more ways, and by another one. */
export interface Comparison {
  what: string;
  rounds: number;
  theirs: { name: string; pipelines: readonly Pipeline[]; atOnce: number };
  ours: readonly Way[];
  /** Brings the files to where all start from; not measured. */
  prepare?: () => Promise<void>;
}

interface Way {
  name: string;
  /** What is run and measured: whole commands, or what measures itself. */
  run: Pipeline | (() => Promise<Run>);
  /** Not measured. */
  prepare?: () => Promise<void>;
}

/** Measures in turns and prints a row a way; the ratio is the median of the rounds' ratios. */
export async function compare({ what, rounds, theirs, ours, prepare }: Comparison): Promise<void> {
  const peer: Run[] = [];
  const runs: Run[][] = ours.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    await prepare?.();
    peer.push(await measure(theirs.pipelines, theirs.atOnce));
    for (const [index, way] of ours.entries()) {
      await way.prepare?.();
      const { run } = way;
      runs[index]?.push(await (typeof run === 'function' ? run() : measure([run], 1)));
    }
  }
  for (const [index, { name }] of ours.entries()) {
    const own = runs[index] ?? [];
    const ratio = median(peer.map((run, round) => run.seconds / (own[round]?.seconds ?? NaN)));
    printRow([what, name, figures(own), theirs.name, figures(peer), `${ratio.toFixed(2)} ×`]);
  }
}

/** Prints the head of the table. */
export function printHead(): void {
  printRow(['what', 'spark-charts', '', 'beside', '', 'times as fast']);
  printRow(['---', '---', '---', '---', '---', '---']);
}

function printRow(cells: readonly string[]): void {
  console.log(`| ${cells.join(' | ')} |`);
}

function figures(runs: readonly Run[]): string {
  const seconds = median(runs.map((run) => run.seconds));
  const mebibytes = median(runs.map((run) => run.mebibytes));
  const memory = mebibytes > 0 ? `, ${mebibytes.toFixed(0)} MiB` : '';
  return `${seconds.toFixed(seconds < 1 ? 3 : 2)} s${memory}`;
}
