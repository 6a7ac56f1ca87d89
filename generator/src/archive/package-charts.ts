import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileSystemError, isSystemError } from '../errors.ts';
import type { Progress } from '../progress.ts';
import { type ArchiveInfo, sha256 } from './archive.ts';
import { packChart } from './pack.ts';
import { replaceFile } from './write-file.ts';

export interface PackagedChart extends Pick<ArchiveInfo, 'name' | 'version' | 'digest' | 'size'> {
  file: string;
  /** False where the file held these bytes already. */
  written: boolean;
}

async function holds(file: string, digest: string): Promise<boolean> {
  try {
    return sha256(await readFile(file)) === digest;
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return false;
    throw error;
  }
}

/**
 * Packs charts into files `<name>-<version>.tgz`; a file is replaced as a whole or not at all.
 * @param charts chart folders.
 * @throws UserError CHART_INVALID, FILE_SYSTEM
 */
export async function packageCharts(
  charts: readonly string[],
  destination: string,
  progress: Progress,
): Promise<PackagedChart[]> {
  const packaged: PackagedChart[] = [];
  for (const chart of charts) {
    progress(`packing ${chart}`);
    const { bytes, fileName, name, version, digest, size } = await packChart(chart);
    const file = join(destination, fileName);
    try {
      await mkdir(destination, { recursive: true });
      const written = !(await holds(file, digest));
      if (written) replaceFile(file, bytes);
      packaged.push({ name, version, file, digest, size, written });
    } catch (error) {
      throw fileSystemError(error, `writing ${file}`);
    }
  }
  return packaged;
}
