import { join, posix } from 'node:path';
import { type ChartState, readChartState, unlessInvalid } from './chart-state.ts';
import type { Checkout } from './checkout.ts';
import { committedCharts } from './committed-charts.ts';

/** A chart beside itself in a commit. */
export interface ComparedChart {
  /** Why it counts as changed; undefined where its archive is the same. */
  reason?: string;
  /** Has it the name and the version that it had? */
  keepsVersion: boolean;
}

/** The charts of a checkout beside those of a commit. */
export interface ComparedCheckout {
  charts: Map<string, ComparedChart>;
  /** Paths in the checkout. */
  removed: string[];
}

const SAME: ComparedChart = { keepsVersion: true };
const NEW: ComparedChart = { reason: 'it is new', keepsVersion: false };
/** Git's own files, which it never has in a commit. */
const OF_GIT = /(?:^|\/)\.git(?:\/|$)/;

function isBelow(file: string, folder: string): boolean {
  return folder === '' || file.startsWith(`${folder}/`);
}

function compareStates(before: ChartState | undefined, now: ChartState | undefined): ComparedChart {
  const keepsVersion =
    before?.metadata.name === now?.metadata.name &&
    before?.metadata.version === now?.metadata.version;
  if (!before) return { reason: 'Helm could not have loaded it then', keepsVersion: false };
  return before.digest === now?.digest
    ? { keepsVersion }
    : { reason: 'its files differ', keepsVersion };
}

/** Which files of a chart a commit could have: not what git ignores, unless the commit has it. */
function countedFiles(
  chart: string,
  ignored: readonly string[],
  committed: ReadonlySet<string>,
): (path: string) => boolean {
  return (path) => {
    const file = posix.join(chart, path);
    if (committed.has(file)) return true;
    const isIgnored = ignored.some((entry) =>
      entry.endsWith('/') ? file.startsWith(entry) : file === entry,
    );
    return !isIgnored && !OF_GIT.test(path);
  };
}

/**
 * Compares charts with what they were in a commit, by the files that go into their archives. A chart
 * in another folder than then is the same where it has the same files.
 * @param folders charts in the checkout, without symbolic links.
 * @throws UserError TOOL_FAILED, FILE_SYSTEM
 */
export async function compareCheckout(
  checkout: Checkout,
  folders: readonly string[],
): Promise<ComparedCheckout> {
  const changed = await checkout.changedFiles();
  const committed = await committedCharts(checkout, changed);
  const { files, gone } = committed;
  const all = folders.map((folder) => ({ folder, path: checkout.pathOf(folder) }));
  const touched = all
    .map((chart) => ({ ...chart, isNew: !committed.charts.has(chart.path) }))
    .filter(({ path, isNew }) => isNew || changed.some((file) => isBelow(file, path)));
  const ignored = touched.length > 0 ? await checkout.ignoredPaths() : [];
  const there = touched.filter(({ isNew }) => !isNew).map(({ path }) => path);
  return checkout.withCommitted([...there, ...gone], async (tree) => {
    const stateThen = (path: string) => unlessInvalid(readChartState(join(tree, path)));
    const goneStates = await Promise.all(gone.map(stateThen));
    const goneByDigest = new Map(gone.map((path, index) => [goneStates[index]?.digest, path]));
    const charts = new Map(folders.map((folder) => [folder, SAME]));
    const moved = new Set<string>();
    for (const { folder, path, isNew } of touched) {
      const counts = countedFiles(path, ignored, files);
      const now = await unlessInvalid(readChartState(folder, counts));
      const source = isNew ? now && goneByDigest.get(now.digest) : undefined;
      if (source !== undefined) moved.add(source);
      else charts.set(folder, isNew ? NEW : compareStates(await stateThen(path), now));
    }
    return { charts, removed: gone.filter((path) => !moved.has(path)) };
  });
}
