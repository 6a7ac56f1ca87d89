import { dirname, join } from 'node:path';
import { fileSystemError } from '../errors.ts';
import { makeFolder } from '../files/folder.ts';
import { sha256 } from '../files/digest.ts';
import { lockOf, withLock } from '../files/lock.ts';
import { readIfPresent } from '../files/read.ts';
import { replaceFile } from '../files/replace-file.ts';
import type { Progress } from '../progress.ts';
import type { ArchiveInfo, ChartArchive } from './archive.ts';
import { packChart } from './pack.ts';

export interface PackagedChart extends Pick<ArchiveInfo, 'name' | 'version' | 'digest' | 'size'> {
  file: string;
  /** False where the file held these bytes already. */
  written: boolean;
}

const WAIT_MILLISECONDS = 60_000;

/** Writes an archive unless the file holds it already; tells whether it was written. */
async function writeArchive(
  file: string,
  { bytes, digest }: ChartArchive,
  progress: Progress,
): Promise<boolean> {
  const directory = dirname(file);
  makeFolder(directory);
  const options = {
    progress,
    busy: `is writing to ${directory}`,
    waitMilliseconds: WAIT_MILLISECONDS,
  };
  return withLock(lockOf(directory), options, async () => {
    const present = await readIfPresent(file);
    if (present && sha256(present) === digest) return false;
    replaceFile(file, bytes);
    return true;
  });
}

/**
 * Packs charts into files `<name>-<version>.tgz`; a file is replaced as a whole or not at all.
 * @param charts chart folders.
 * @throws UserError CHART_INVALID, FILE_SYSTEM, BUSY
 */
export async function packageCharts(
  charts: readonly string[],
  destination: string,
  progress: Progress,
): Promise<PackagedChart[]> {
  const packaged: PackagedChart[] = [];
  for (const chart of charts) {
    progress(`packing ${chart}`);
    const archive = await packChart(chart);
    const { name, version, digest, size } = archive;
    const file = join(destination, archive.fileName);
    try {
      const written = await writeArchive(file, archive, progress);
      packaged.push({ name, version, file, digest, size, written });
    } catch (error) {
      throw fileSystemError(error, `writing ${file}`);
    }
  }
  return packaged;
}
