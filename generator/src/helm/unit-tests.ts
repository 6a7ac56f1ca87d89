import { cp } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileSystemError } from '../errors.ts';
import { withTemporaryDirectory } from '../files/temporary.ts';
import type { Progress } from '../progress.ts';
import { runHelm, withHelm, type Helm } from './helm.ts';
import { mapPool } from '../map-pool.ts';
import type { RunResult } from '../process.ts';
import { shareSuites, suiteFiles } from './suite-files.ts';

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
  const cores = availableParallelism();
  const processes = Math.ceil(cores / Math.max(1, charts.length));
  return withHelm('helm-unittest', progress, (helm) =>
    mapPool(charts, cores, async (chart, signal) => {
      const tests = await testChart(helm, chart, processes, signal);
      progress(`tested ${chart}`);
      return tests;
    }),
  );
}

/** @param processes how many may share the suites. */
async function testChart(
  helm: Helm,
  chart: string,
  processes: number,
  signal: AbortSignal,
): Promise<ChartTests> {
  const files = await suiteFiles(chart);
  const suites = files.length;
  if (suites === 0) return { chart, suites, tests: {}, ok: true, output: '' };
  // helm-unittest writes snapshots beside the suites, and the chart is not its to change.
  return withTemporaryDirectory(async (cwd) => {
    const name = basename(resolve(chart));
    await cp(chart, join(cwd, name), { recursive: true }).catch((error: unknown) => {
      throw fileSystemError(error, `copying ${chart}`);
    });
    const shares = await shareSuites(chart, files, processes);
    const results = await mapPool(shares, processes, (args, failed) =>
      runHelm(helm, ['--strict', name, ...args], {
        cwd,
        signal: AbortSignal.any([signal, failed]),
      }),
    );
    return { chart, suites, ...summarise(results) };
  });
}

function summarise(results: readonly RunResult[]): Pick<ChartTests, 'tests' | 'ok' | 'output'> {
  const tests: Record<string, number> = {};
  for (const [count, outcome] of results.flatMap(({ stdout }) => readCounts(stdout)))
    tests[outcome] = (tests[outcome] ?? 0) + count;
  return {
    tests,
    ok: results.every(({ exitCode }) => exitCode === 0),
    output: results.map(({ stdout, stderr }) => `${stdout}${stderr}`.trim()).join('\n\n'),
  };
}

/** Reads the closing line `Tests:       1 failed, 2 passed, 3 total`. */
function readCounts(output: string): [number, string][] {
  const line = /^Tests: +(.*)$/m.exec(output)?.[1] ?? '';
  const counts = [...line.matchAll(/(\d+) (\w+)/g)];
  return counts.map(([, count, outcome = '']) => [Number(count), outcome]);
}
