import { join } from 'node:path';
import { type Problem, UserError } from '../errors.ts';
import { sha256 } from '../files/digest.ts';
import { lockFiles } from '../files/lock.ts';
import { namesIfPresent, readIfPresent } from '../files/read.ts';
import { parseDigests } from './digests.ts';
import type { FileSet } from './fileset.ts';
import { assertSafe, listPath, stagingPath } from './paths.ts';
import { readTree } from './read.ts';

/** Charts to write: name → files. */
export type Charts = ReadonlyMap<string, FileSet>;

export interface PlanOptions {
  /** The charts are all there are: others that were generated go, unknown ones are refused. */
  complete: boolean;
}

/** What writing one chart would do; paths are relative to the chart's folder, sorted. */
export interface ChartPlan {
  chart: string;
  added: string[];
  changed: string[];
  removed: string[];
  unchanged: string[];
  /** Files that a person made or edited. */
  refused: { path: string; reason: 'edited' | 'unknown' }[];
}

/**
 * Compares charts with a folder of generated charts. Reads only.
 * @throws a system error when the folder cannot be read.
 */
export async function plan(
  directory: string,
  charts: Charts,
  { complete }: PlanOptions,
): Promise<ChartPlan[]> {
  const plans: ChartPlan[] = [];
  for (const [chart, files] of charts) {
    assertSafe(chart, files.keys());
    plans.push(await planChart(directory, chart, files));
  }
  for (const name of complete ? await strangers(directory, charts) : [])
    plans.push(await planChart(directory, name, new Map()));
  return plans;
}

async function planChart(directory: string, chart: string, files: FileSet): Promise<ChartPlan> {
  const result: ChartPlan = {
    chart,
    added: [],
    changed: [],
    removed: [],
    unchanged: [],
    refused: [],
  };
  const present = await readTree(join(directory, chart));
  const list = await readIfPresent(listPath(directory, chart));
  const ours = parseDigests(list?.toString('utf8') ?? '');
  for (const path of present.others) result.refused.push({ path, reason: 'unknown' });
  for (const [path, bytes] of present.files) {
    const wanted = files.get(path);
    if (wanted && Buffer.compare(wanted, bytes) === 0) result.unchanged.push(path);
    else if (ours.get(path)?.has(sha256(bytes)))
      (wanted ? result.changed : result.removed).push(path);
    else result.refused.push({ path, reason: ours.has(path) ? 'edited' : 'unknown' });
  }
  result.added = [...files.keys()].filter((path) => !present.files.has(path));
  for (const paths of [result.added, result.changed, result.removed, result.unchanged])
    paths.sort();
  return result;
}

/** Names in the folder and in its lists that are not among the charts. */
async function strangers(directory: string, charts: Charts): Promise<string[]> {
  const own = [listPath(directory, ''), stagingPath(directory), ...lockFiles(directory)];
  const names = [directory, listPath(directory, '')].map(namesIfPresent);
  return [...new Set((await Promise.all(names)).flat())]
    .filter((name) => !charts.has(name) && !own.includes(join(directory, name)))
    .sort();
}

/** Is there nothing to write or remove, and nothing that forbids it? */
export function isUnchanged({ added, changed, removed, refused }: ChartPlan): boolean {
  return added.length + changed.length + removed.length + refused.length === 0;
}

/** The differences as problems, for `generate --check`. */
export function differences(directory: string, plans: readonly ChartPlan[]): Problem[] {
  return plans.flatMap(({ chart, added, changed, removed, refused }) => {
    const tell = (message: string) => (path: string) => ({
      file: join(directory, chart, path),
      message,
    });
    return [
      ...added.map(tell('is missing')),
      ...changed.map(tell('is out of date')),
      ...removed.map(tell('is no longer generated')),
      ...refusals(directory, { chart, refused }),
    ];
  });
}

const ADVICE = {
  edited: {
    message: 'was edited by hand since it was generated',
    hint: 'move the change to the chart sources; to drop it, delete the file',
  },
  unknown: { message: 'was not generated', hint: 'move it out of the folder or delete it' },
};

function refusals(
  directory: string,
  { chart, refused }: Pick<ChartPlan, 'chart' | 'refused'>,
): Problem[] {
  return refused.map(({ path, reason }) => ({
    file: join(directory, chart, path),
    ...ADVICE[reason],
  }));
}

/**
 * Stops before a person's work is lost.
 * @throws UserError OUTPUT_NOT_OURS that names every refused file.
 */
export function refuseForeignFiles(directory: string, plans: readonly ChartPlan[]): void {
  const problems = plans.flatMap((chartPlan) => refusals(directory, chartPlan));
  if (problems.length === 0) return;
  throw new UserError('OUTPUT_NOT_OURS', `${directory} holds files that are not as generated`, {
    problems,
    next: 'Nothing was written.',
  });
}
