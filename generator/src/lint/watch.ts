import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { CHARTS_DIRECTORY } from '../archive/find-charts.ts';
import { UserError } from '../errors.ts';
import { apply } from '../fileset/index.ts';
import { generateCharts } from '../generate.ts';
import type { HelmEngine } from '../helm/engine.ts';
import { withEngine } from '../helm/with-engine.ts';
import type { Progress } from '../progress.ts';
import { lintCharts, type LintReport } from './lint.ts';
import { isReference } from './pull-reference.ts';
import { lintTargets } from './targets.ts';
import { watchPaths } from './watch-paths.ts';
import { withoutLogin } from '../network/without-login.ts';

const SOURCES = 'charts-src';

export interface WatchOptions {
  kubeVersions: readonly string[];
  progress: Progress;
  /** Is given what each round finds, or what keeps it from finding anything. */
  onRound: (result: LintReport | UserError, watched: readonly string[]) => void;
}

/**
 * Lints charts whenever they change, for ever, with one engine. Where `charts-src` and the charts
 * made from it are at hand, these are generated first whenever the sources change.
 * @param args as for {@link lintTargets}.
 * @throws UserError `USAGE` for a reference, `TOOL_MISSING`, `FILE_SYSTEM` for what cannot be watched.
 */
export async function watchCharts(args: readonly string[], options: WatchOptions): Promise<never> {
  const remote = args.find(isReference);
  if (remote !== undefined)
    throw new UserError(
      'USAGE',
      `${withoutLogin(remote)} is not on this machine and cannot be watched`,
    );
  const charts = args.length > 0 ? args.map(chartPath) : [CHARTS_DIRECTORY];
  const isProject = existsSync(join(SOURCES, 'catalog.yaml')) && charts.some(isGenerated);
  const watched = isProject ? [SOURCES, ...charts] : charts;
  return withEngine(options.progress, async (engine) => {
    const watch = watchPaths();
    if (isProject) watch.renew(SOURCES);
    let isStale = isProject;
    for (;;) {
      const result = await catchUserError(async () => {
        if (isStale) await generate(options.progress);
        isStale = false;
        // Generated charts are new folders; what changes from here on is for the next round.
        for (const chart of charts) watch.renew(chart);
        return lint(args, options, engine);
      });
      options.onRound(result, watched);
      if ((await watch.changes()).has(SOURCES)) isStale = true;
    }
  });
}

function chartPath(argument: string): string {
  return existsSync(argument) ? argument : join(CHARTS_DIRECTORY, argument);
}

function isGenerated(path: string): boolean {
  return relative(CHARTS_DIRECTORY, path).split(sep)[0] !== '..';
}

async function generate(progress: Progress): Promise<void> {
  const charts = await generateCharts(SOURCES, [], progress);
  await apply(CHARTS_DIRECTORY, charts, { complete: true, progress });
}

async function lint(
  args: readonly string[],
  { kubeVersions, progress }: WatchOptions,
  engine: HelmEngine,
): Promise<LintReport> {
  return lintCharts(await lintTargets(args), { kubeVersions, progress, engine });
}

async function catchUserError<T>(work: () => Promise<T>): Promise<T | UserError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}
