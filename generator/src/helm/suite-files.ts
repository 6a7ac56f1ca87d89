import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileSystemError } from '../errors.ts';
import { namesIfPresent } from '../files/read.ts';

/**
 * The helm-unittest suites of a chart by path in it, `tests/pods_test.yaml`, in the order of their
 * names.
 * @throws UserError `FILE_SYSTEM`
 */
export async function suiteFiles(chart: string): Promise<string[]> {
  const names = await namesIn(join(chart, 'tests'));
  return names
    .filter((name) => name.endsWith('_test.yaml'))
    .map((name) => `tests/${name}`)
    .toSorted();
}

/**
 * Shares suites among so many processes of helm-unittest, about the same number of bytes each.
 * @returns the arguments of each process that say which suites are its own; none for all suites.
 */
export async function shareSuites(
  chart: string,
  files: readonly string[],
  processes: number,
): Promise<string[][]> {
  // A suite that is named is looked for in subcharts too, and others there are not run.
  const hasSubcharts = (await namesIn(join(chart, 'charts'))).length > 0;
  const number = hasSubcharts ? 1 : Math.min(processes, files.length);
  if (number === 1) return [[]];
  const shares = Array.from({ length: number }, () => ({ bytes: 0, args: [] as string[] }));
  for (const { file, size } of await bySize(chart, files)) {
    const [least] = shares.toSorted((a, b) => a.bytes - b.bytes);
    if (!least) break;
    // An empty suite counts too, so that no share is left empty: it would mean all suites.
    least.bytes += size + 1;
    least.args.push('--file', file.replaceAll(/[\\*?[]/g, '\\$&'));
  }
  return shares.map(({ args }) => args);
}

/** The largest first. */
async function bySize(
  chart: string,
  files: readonly string[],
): Promise<{ file: string; size: number }[]> {
  const sizes = files.map(async (file) => ({ file, size: (await stat(join(chart, file))).size }));
  try {
    return (await Promise.all(sizes)).toSorted((a, b) => b.size - a.size);
  } catch (error) {
    throw fileSystemError(error, `reading the suites of ${chart}`);
  }
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await namesIfPresent(directory);
  } catch (error) {
    throw fileSystemError(error, `reading ${directory}`);
  }
}
