import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Checkout } from './checkout.ts';

/** The charts of a commit beside those of the checkout. */
export interface CommittedCharts {
  files: ReadonlySet<string>;
  /** Folders of charts, by path in the checkout, empty for its top. */
  charts: ReadonlySet<string>;
  /** Those that are no chart any more; subcharts are not told. */
  gone: readonly string[];
}

const CHART_FILE = 'Chart.yaml';

function folderOf(file: string): string {
  const folder = posix.dirname(file);
  return folder === '.' ? '' : folder;
}

/** Does a chart stand in the charts/ of another one? */
function isSubchart(path: string, charts: ReadonlySet<string>): boolean {
  const places = `/${path}`.matchAll(/\/charts(?=\/)/g);
  return [...places].some(({ index }) => charts.has(`/${path}`.slice(1, index)));
}

/**
 * Finds the charts of a commit.
 * @param changed the files that differ; without those that a sparse checkout leaves out.
 * @throws UserError TOOL_FAILED
 */
export async function committedCharts(
  checkout: Checkout,
  changed: readonly string[],
): Promise<CommittedCharts> {
  const files = new Set(await checkout.committedFiles());
  const isChartFile = (file: string) => posix.basename(file) === CHART_FILE;
  const charts = new Set([...files].filter(isChartFile).map(folderOf));
  const gone = changed
    .filter((file) => isChartFile(file) && files.has(file))
    .filter((file) => !existsSync(join(checkout.top, file)))
    .map(folderOf)
    .filter((path) => !isSubchart(path, charts));
  return { files, charts, gone };
}
