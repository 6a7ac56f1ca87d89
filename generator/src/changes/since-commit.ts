import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { fileSystemError, type Problem, UserError } from '../errors.ts';
import type { Progress } from '../progress.ts';
import { Checkout, topOf } from './checkout.ts';
import { compareCheckout, type ComparedChart } from './compare.ts';
import { withLocalDependencies } from './local-dependencies.ts';
import type { ChangeReport } from './types.ts';

async function realFolder(chart: string): Promise<string> {
  try {
    return await realpath(chart);
  } catch (error) {
    throw fileSystemError(error, `looking at ${chart}`);
  }
}

function requireTop(chart: string, folder: string): string {
  const top = topOf(folder);
  if (top !== undefined) return top;
  throw new UserError('USAGE', `${chart} is in no git repository`, {
    next: 'Without one, charts can be compared with a chart repository: --changed-since last-release.',
  });
}

/** Folder → why it changed, for charts that need one that changed as well. */
function reasonsOf(
  compared: ReadonlyMap<string, ComparedChart>,
  needs: ReadonlyMap<string, readonly string[]>,
): Map<string, string> {
  const reasons = new Map<string, string>();
  for (const [folder, { reason }] of compared)
    if (reason !== undefined) reasons.set(folder, reason);
  // The map grows while it is walked: charts that need those that need a changed one.
  for (const [folder] of reasons)
    for (const [dependent, needed] of needs)
      if (needed.includes(folder) && !reasons.has(dependent))
        reasons.set(dependent, `it needs ${folder}, which changed`);
  return reasons;
}

function versionWarning(chart: string, ref: string): Problem {
  return {
    message: `the chart changed since ${ref}, but its version is the same`,
    file: join(chart, 'Chart.yaml'),
    hint: 'raise its version',
  };
}

/**
 * Which charts differ from what they were in a commit. What counts are the files that go into a
 * chart's archive, as they are in the checkout: committed or not, but without what git ignores, so
 * charts/ counts where it is committed, and else Chart.lock alone. A chart that needs a changed one by
 * `file://` has changed.
 * @param ref names a commit of the repository that a chart lies in.
 * @throws UserError USAGE for a chart in no git repository and for an unknown commit; TOOL_MISSING,
 *   TOOL_FAILED for git; FILE_SYSTEM
 */
export async function changedSinceCommit(
  charts: readonly string[],
  ref: string,
  progress: Progress,
): Promise<ChangeReport> {
  const folders = await Promise.all(charts.map(realFolder));
  const tops = new Set(charts.map((chart, index) => requireTop(chart, folders[index] ?? chart)));
  const needs = await withLocalDependencies(folders);
  const compared = new Map<string, ComparedChart>();
  const removed: string[] = [];
  for (const top of tops) {
    progress(`comparing ${top} with ${ref}`);
    const checkout = await Checkout.open(top, ref);
    const inside = [...needs.keys()].filter((folder) => topOf(folder) === top);
    const result = await compareCheckout(checkout, inside);
    for (const [folder, chart] of result.charts) compared.set(folder, chart);
    removed.push(...result.removed);
  }
  const reasons = reasonsOf(compared, needs);
  const report: ChangeReport = { since: ref, changed: [], unchanged: [], removed, warnings: [] };
  for (const [index, chart] of charts.entries()) {
    const folder = folders[index] ?? chart;
    const reason = reasons.get(folder);
    if (reason === undefined) report.unchanged.push(chart);
    else {
      report.changed.push({ chart, reason });
      if (compared.get(folder)?.keepsVersion === true)
        report.warnings.push(versionWarning(chart, ref));
    }
  }
  return report;
}
