import { cp } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileSystemError } from '../errors.ts';
import { namesIfPresent } from '../files/read.ts';
import { withTemporaryDirectory } from '../files/temporary.ts';
import type { Progress } from '../progress.ts';
import { runHelm, withHelm, type Helm } from './helm.ts';
import { mapPool } from './pool.ts';

/** What became of the suites of one chart. */
export interface ChartTests {
  /** The chart's path as it was given. */
  chart: string;
  suites: number;
  /** Tests by outcome as helm-unittest counts them: `passed`, `failed`, `errored`, `skipped`, `total`. */
  tests: Record<string, number>;
  ok: boolean;
  /** What helm-unittest printed. */
  output: string;
}

/**
 * Runs the suites `tests/*_test.yaml` of charts with helm-unittest; a chart without suites is ok.
 * @param charts folders with a Chart.yaml.
 * @throws UserError `TOOL_MISSING` and `TOOL_FAILED` for helm-unittest, `FILE_SYSTEM`.
 */
export function testCharts(charts: readonly string[], progress: Progress): Promise<ChartTests[]> {
  return withHelm('helm-unittest', progress, (helm) =>
    mapPool(charts, availableParallelism(), async (chart, signal) => {
      const tests = await testChart(helm, chart, signal);
      progress(`tested ${chart}`);
      return tests;
    }),
  );
}

async function testChart(helm: Helm, chart: string, signal: AbortSignal): Promise<ChartTests> {
  const suites = await countSuites(chart);
  if (suites === 0) return { chart, suites, tests: {}, ok: true, output: '' };
  // helm-unittest writes snapshots beside the suites, and the chart is not its to change.
  return withTemporaryDirectory(async (cwd) => {
    const name = basename(resolve(chart));
    await cp(chart, join(cwd, name), { recursive: true });
    const result = await runHelm(helm, ['--strict', name], { cwd, signal });
    return {
      chart,
      suites,
      tests: readCounts(result.stdout),
      ok: result.exitCode === 0,
      output: `${result.stdout}${result.stderr}`.trim(),
    };
  });
}

async function countSuites(chart: string): Promise<number> {
  const directory = join(chart, 'tests');
  try {
    const names = await namesIfPresent(directory);
    return names.filter((name) => name.endsWith('_test.yaml')).length;
  } catch (error) {
    throw fileSystemError(error, `reading ${directory}`);
  }
}

/** Reads the closing line `Tests:       1 failed, 2 passed, 3 total`. */
function readCounts(output: string): Record<string, number> {
  const line = /^Tests: +(.*)$/m.exec(output)?.[1] ?? '';
  const counts = [...line.matchAll(/(\d+) (\w+)/g)];
  return Object.fromEntries(counts.map(([, count, outcome = '']) => [outcome, Number(count)]));
}
