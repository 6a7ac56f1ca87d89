import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ChartArchive } from '../archive/archive.ts';
import type { Subchart } from '../archive/load.ts';
import { UserError } from '../errors.ts';
import { withWorkDirectory } from '../files/temporary.ts';
import { move, writeNewFile } from '../files/write.ts';

/** Where new files wait; Helm and packing pass over what begins with a dot in charts/. */
const WORK_DIRECTORY = '.vendoring';

/** New files of a chart by their paths in it. */
type NewFiles = Map<string, Uint8Array | string>;

function filesOf(archives: readonly ChartArchive[]): NewFiles {
  const files: NewFiles = new Map();
  for (const { fileName, bytes } of archives) {
    const path = `charts/${fileName}`;
    const other = files.get(path);
    if (other !== undefined && !Buffer.from(bytes).equals(other as Uint8Array))
      throw new UserError(
        'DEPENDENCIES_INVALID',
        `two dependencies are ${fileName}, with different bytes`,
        { next: 'Take both from one repository.' },
      );
    files.set(path, bytes);
  }
  return files;
}

/** The archives that newer ones replace; folders are somebody's work. */
function replacedBy(
  archives: readonly ChartArchive[],
  present: readonly Subchart[],
  chart: string,
): string[] {
  const names = new Set(archives.map(({ name }) => name));
  const paths = new Set(archives.map(({ fileName }) => `charts/${fileName}`));
  const replaced = present.filter(({ name, path }) => names.has(name) && !paths.has(path));
  for (const { name, path } of replaced)
    if (!path.endsWith('.tgz'))
      throw new UserError('DEPENDENCIES_INVALID', `${join(chart, path)} is ${name} already`, {
        next: 'Remove that folder, or leave the repository out of the dependency in Chart.yaml.',
      });
  return replaced.map(({ path }) => path);
}

/**
 * Puts archives into charts/ in place of those of the same charts that are there, and the lock file
 * beside it. All is on the disk before the first file is moved to its place. To be called under the
 * lock of charts/.
 * @param lock undefined where the one that is there stays.
 * @throws UserError DEPENDENCIES_INVALID where it would replace more than archives; system errors.
 */
export async function vendorCharts(
  chart: string,
  archives: readonly ChartArchive[],
  present: readonly Subchart[],
  lock: { path: string; text: string } | undefined,
): Promise<void> {
  const files = filesOf(archives);
  const replaced = replacedBy(archives, present, chart);
  if (lock) files.set(lock.path, lock.text);
  await withWorkDirectory(join(chart, 'charts', WORK_DIRECTORY), (directory) => {
    const staged = (path: string) => join(directory, basename(path));
    for (const [path, content] of files) writeNewFile(staged(path), content);
    // From here on nothing waits, so that only a crash can come in between.
    for (const path of files.keys()) move(staged(path), join(chart, path));
    for (const path of replaced) rmSync(join(chart, path));
    return Promise.resolve();
  });
}
