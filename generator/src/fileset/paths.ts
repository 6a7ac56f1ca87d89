import { join } from 'node:path';

/** Digests of what was generated, one file a chart; committed with the charts. */
export const listPath = (directory: string, chart: string) => join(directory, '.generated', chart);

/** Where charts are written before they are swapped in. Exists during a run only. */
export const stagingPath = (directory: string) => join(directory, '.writing');

const CHART_NAME = /^[a-z0-9][a-z0-9-]*$/;
/** Parts that are neither empty nor `.` nor `..`, of printable characters without backslash. */
const FILE_PATH = /^(?!.*(^|\/)\.{0,2}(\/|$))[^\\\p{Cc}]+$/u;

/** Guards against our own mistakes: names and paths come from checked sources. */
export function assertSafe(chart: string, paths: Iterable<string>): void {
  if (!CHART_NAME.test(chart)) throw new Error(`"${chart}" is no chart name`);
  for (const path of paths) {
    if (!FILE_PATH.test(path)) throw new Error(`"${path}" is no path inside the chart ${chart}`);
  }
}
