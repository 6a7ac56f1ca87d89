import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileSystemError, isSystemError, UserError } from '../errors.ts';
import { isMissing } from '../files/read.ts';

/** Where `generate` writes charts. */
export const CHARTS_DIRECTORY = 'dist/charts';

/** Folders that hold what nobody here wrote. */
const PASSED_OVER = /^(?:\.|node_modules$)/;

/** A name that leads nowhere, or through a file. */
function isNoPlace(error: unknown): boolean {
  return isMissing(error) || (isSystemError(error) && error.code === 'ENOTDIR');
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (isNoPlace(error)) return false;
    throw fileSystemError(error, `looking at ${path}`);
  }
}

async function foldersIn(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && !PASSED_OVER.test(entry.name))
      .map((entry) => join(directory, entry.name))
      .toSorted();
  } catch (error) {
    if (isNoPlace(error)) return [];
    throw fileSystemError(error, `reading ${directory}`);
  }
}

function isChart(directory: string): Promise<boolean> {
  return isFile(join(directory, 'Chart.yaml'));
}

/** The charts below a folder, however deep; what is in a chart is a part of it. */
async function chartsBelow(directory: string): Promise<string[]> {
  if (await isChart(directory)) return [directory];
  const charts: string[] = [];
  for (const folder of await foldersIn(directory)) charts.push(...(await chartsBelow(folder)));
  return charts;
}

/** The charts that one argument means: a chart's folder, a folder of charts, a generated chart's name. */
async function chartsOf(argument: string): Promise<string[]> {
  const charts = await chartsBelow(argument);
  if (charts.length > 0) return charts;
  const generated = join(CHARTS_DIRECTORY, argument);
  if (await isChart(generated)) return [generated];
  throw new UserError(
    'USAGE',
    `${argument} is no folder with a Chart.yaml, nor is there one below it`,
    {
      next: `Name a folder that holds a Chart.yaml, or a chart that \`spark-charts generate\` has made in ${CHARTS_DIRECTORY}.`,
    },
  );
}

/**
 * The chart folders that the arguments of a command mean, all generated charts where there are none.
 * @throws UserError USAGE for an argument that means no chart.
 */
export async function findCharts(args: readonly string[]): Promise<string[]> {
  const found = await Promise.all((args.length > 0 ? args : [CHARTS_DIRECTORY]).map(chartsOf));
  return [...new Set(found.flat())];
}
