import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { isMissing, readIfPresent } from '../files/read.ts';
import { listPath } from '../fileset/paths.ts';
import { isReference } from './pull-reference.ts';

/** Why no file of a chart may be changed; undefined when they may. */
export async function refuseChart(chart: string): Promise<string | undefined> {
  if (isReference(chart) || chart.endsWith('.tgz')) return 'an archive is not changed';
  const folder = resolve(chart);
  const list = await readIfPresent(listPath(dirname(folder), basename(folder)));
  if (list !== undefined) return 'the chart is generated; mend its source in charts-src';
  return undefined;
}

/**
 * The text of a chart's file, or why it may not be changed.
 * @throws a system error when it cannot be read.
 */
export async function readForFix(
  chart: string,
  file: string,
): Promise<{ text: string } | { refusal: string }> {
  if (file.startsWith('charts/'))
    return { refusal: 'the file is of a dependency; mend it where it comes from' };
  const root = await realpath(chart);
  const path = join(root, file);
  const real = await realpath(path).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (real === undefined) return { refusal: 'the file is gone' };
  if (!path.startsWith(root + sep)) return { refusal: 'the file is not in the chart' };
  // It would be replaced by a file, or lead out of the chart.
  if (real !== path) return { refusal: 'the file is a link' };
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return { text: decoder.decode(await readFile(path)) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { refusal: 'the file is not UTF-8 text' };
  }
}
