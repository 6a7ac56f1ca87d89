import { readChartDirectory } from '../archive/chart-directory.ts';
import { readMetadata } from '../archive/load.ts';
import type { ChartMetadata } from '../archive/metadata.ts';
import { UserError } from '../errors.ts';
import { digestOfFiles } from '../files/digest.ts';

/** What decides the bytes of a chart's archive. */
export interface ChartState {
  /** Of the names and bytes of the files that go into it. */
  digest: string;
  metadata: ChartMetadata;
}

/** The outcome of reading a chart; undefined where Helm could not load it. */
export async function unlessInvalid<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof UserError && error.code.endsWith('_INVALID')) return undefined;
    throw error;
  }
}

/**
 * The state of the chart in a folder.
 * @param counts false for files to leave out, by their path in the chart.
 * @throws UserError CHART_INVALID, FILE_SYSTEM
 */
export async function readChartState(
  chart: string,
  counts: (path: string) => boolean = () => true,
): Promise<ChartState> {
  const files = new Map([...(await readChartDirectory(chart))].filter(([path]) => counts(path)));
  return { digest: digestOfFiles(files), metadata: readMetadata(files, chart) };
}
