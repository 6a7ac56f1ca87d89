import { setImmediate } from 'node:timers/promises';
import { fileSystemError, UserError } from '../errors.ts';
import { atExit } from '../files/at-exit.ts';
import { makeFolder } from '../files/folder.ts';
import { lockOf, withLock } from '../files/lock.ts';
import { type Progress, silent } from '../progress.ts';
import { listPath, stagingPath } from './paths.ts';
import { isUnchanged, plan, refuseForeignFiles } from './plan.ts';
import type { ChartPlan, Charts, PlanOptions } from './plan.ts';
import { kindOf } from './read.ts';
import { isListed, list, recover, remove, stage, swap } from './swap.ts';

const WAIT_MILLISECONDS = 10_000;

/**
 * Makes a folder hold these charts: all are written beside their places first, then each is swapped
 * in by rename. A chart whose bytes do not change is not touched.
 * @returns what was done, as {@link plan} says it.
 * @throws UserError OUTPUT_NOT_OURS before anything is written, when a person's files are in the way;
 *   BUSY when another run is writing; FILE_SYSTEM when writing fails, each chart then old or new, whole.
 */
export async function apply(
  directory: string,
  charts: Charts,
  { complete, progress = silent }: PlanOptions & { progress?: Progress },
): Promise<ChartPlan[]> {
  try {
    makeFolder(directory);
    refuseLinks(directory);
    const busy = `is writing ${directory}`;
    const options = { progress, busy, waitMilliseconds: WAIT_MILLISECONDS };
    return await withLock(lockOf(directory), options, async () => {
      const finish = () => {
        recover(directory);
      };
      const callOff = atExit(finish); // a signal can end the process between two charts
      try {
        recover(directory);
        const plans = await plan(directory, charts, { complete });
        refuseForeignFiles(directory, plans);
        if (!plans.every(isUnchanged)) progress(`writing ${directory}`);
        await write(directory, plans, charts);
        return plans;
      } finally {
        callOff();
        finish();
      }
    });
  } catch (error) {
    throw fileSystemError(error, `writing ${directory}`);
  }
}

async function write(
  directory: string,
  plans: readonly ChartPlan[],
  charts: Charts,
): Promise<void> {
  const changed = plans.filter((chartPlan) => !isUnchanged(chartPlan)).map(({ chart }) => chart);
  for (const chart of changed) {
    const files = charts.get(chart);
    if (files) await stage(directory, chart, files);
    await setImmediate();
  }
  for (const { chart } of plans) {
    const files = charts.get(chart);
    if (!files) remove(directory, chart);
    else if (changed.includes(chart)) swap(directory, chart);
    else if (!(await isListed(directory, chart, files))) list(directory, chart, files);
    await setImmediate();
  }
}

/** Everything of ours must lie in the folder itself. */
function refuseLinks(directory: string): void {
  const links = [stagingPath(directory), listPath(directory, '')].filter((path) =>
    ['file', 'other'].includes(kindOf(path)),
  );
  if (links.length === 0) return;
  throw new UserError('OUTPUT_NOT_OURS', `${directory} is not as it was generated`, {
    problems: links.map((file) => ({ file, message: 'is not a folder' })),
    next: 'Delete it and run this again.',
  });
}
