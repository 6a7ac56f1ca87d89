import { findCharts } from '../archive/find-charts.ts';
import { withTemporaryDirectory } from '../files/temporary.ts';
import type { LintReport } from './lint.ts';
import { isReference } from './pull-reference.ts';
import type { PullOptions } from '../helm/pull-charts.ts';

/** A chart to lint. */
export interface LintTarget {
  /** What reports call it: its path, or the reference it was pulled by. */
  name: string;
  /** A folder or an archive. */
  path: string;
}

/**
 * The charts on this machine that the arguments of a command mean: archives, and what
 * {@link findCharts} finds.
 * @throws UserError `USAGE` for an argument that means no chart, `FILE_SYSTEM`.
 */
export async function lintTargets(args: readonly string[]): Promise<string[]> {
  const archives = args.filter((argument) => argument.endsWith('.tgz'));
  const folders = args.filter((argument) => !argument.endsWith('.tgz'));
  const charts = args.length > 0 && folders.length === 0 ? [] : await findCharts(folders);
  return [...new Set([...charts, ...archives])];
}

/**
 * Runs `use` with the charts that arguments mean. Those with a reference in place of a path are
 * pulled first and removed afterwards.
 * @throws UserError as {@link lintTargets}, and what pulling throws.
 */
export async function withLintTargets<T>(
  args: readonly string[],
  options: PullOptions,
  use: (targets: LintTarget[]) => Promise<T>,
): Promise<T> {
  const references = [...new Set(args.filter(isReference))];
  const others = args.filter((argument) => !isReference(argument));
  const paths = args.length > 0 && others.length === 0 ? [] : await lintTargets(others);
  const local = paths.map((path) => ({ name: path, path }));
  if (references.length === 0) return use(local);
  const { pullCharts } = await import('../helm/pull-charts.ts');
  return withTemporaryDirectory(async (directory) => {
    const archives = await pullCharts(
      references.map((chart) => ({ chart })),
      directory,
      options,
    );
    const pulled = references.map((name, index) => ({ name, path: archives[index] ?? '' }));
    return use([...local, ...pulled]);
  });
}

/** A report of the targets' paths with their names. */
export function nameCharts(report: LintReport, targets: readonly LintTarget[]): LintReport {
  const names = new Map(targets.map(({ name, path }) => [path, name]));
  const named = <T extends { chart: string }>(entries: readonly T[]): T[] =>
    entries.map((entry) => ({ ...entry, chart: names.get(entry.chart) ?? entry.chart }));
  return {
    ...report,
    charts: named(report.charts),
    findings: named(report.findings),
    suppressed: named(report.suppressed),
  };
}
