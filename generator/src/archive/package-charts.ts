import { dirname, join } from 'node:path';
import { attemptAll } from '../attempt-all.ts';
import { fileSystemError } from '../errors.ts';
import { makeFolder } from '../files/folder.ts';
import { sha256 } from '../files/digest.ts';
import { lockOf, withLock } from '../files/lock.ts';
import { readIfPresent } from '../files/read.ts';
import { replaceFile } from '../files/replace-file.ts';
import type { Progress } from '../progress.ts';
import { removeProvenance } from '../provenance/provenance-file.ts';
import type { Signer } from '../provenance/types.ts';
import type { ArchiveInfo, ChartArchive } from './archive.ts';
import { packChart } from './pack.ts';
import { sourceDate } from './source-date.ts';

export interface PackagedChart extends Pick<ArchiveInfo, 'name' | 'version' | 'digest' | 'size'> {
  /** The folder that was packed. */
  chart: string;
  file: string;
  /** False where the file held these bytes already. */
  written: boolean;
  /** The file of the signature, where the chart was signed. */
  provenance?: string;
}

const WAIT_MILLISECONDS = 60_000;

/** Writes an archive unless the file holds it already, and signs it. */
async function writeArchive(
  file: string,
  archive: ChartArchive,
  progress: Progress,
  signer: Signer | undefined,
): Promise<Pick<PackagedChart, 'written' | 'provenance'>> {
  const directory = dirname(file);
  makeFolder(directory);
  const options = {
    progress,
    busy: `is writing to ${directory}`,
    waitMilliseconds: WAIT_MILLISECONDS,
  };
  return withLock(lockOf(directory), options, async () => {
    const present = await readIfPresent(file);
    const written = !present || sha256(present) !== archive.digest;
    if (written) {
      removeProvenance(file);
      replaceFile(file, archive.bytes);
    }
    if (!signer) return { written };
    progress(`signing ${file}`);
    const { signFile } = await import('../provenance/sign-file.ts');
    return { written, provenance: await signFile(file, archive, signer) };
  });
}

/**
 * Packs charts into files `<name>-<version>.tgz`; a file is replaced as a whole or not at all.
 * Nothing is written before all charts are packed.
 * @param charts chart folders.
 * @param signer signs each archive, into a file beside it.
 * @throws UserError CHART_INVALID, DEPENDENCIES_INVALID and others with all charts that cannot be
 *   packed; SIGNING_FAILED, FILE_SYSTEM, BUSY
 */
export async function packageCharts(
  charts: readonly string[],
  destination: string,
  progress: Progress,
  signer?: Signer,
): Promise<PackagedChart[]> {
  const time = sourceDate();
  const archives = await attemptAll(
    charts,
    async (chart) => {
      progress(`packing ${chart}`);
      return { chart, ...(await packChart(chart, time)) };
    },
    (failures) => `${failures} of ${charts.length} charts cannot be packed`,
  );
  const packaged: PackagedChart[] = [];
  for (const archive of archives) {
    const { chart, name, version, digest, size } = archive;
    const file = join(destination, archive.fileName);
    try {
      const files = await writeArchive(file, archive, progress, signer);
      packaged.push({ chart, name, version, file, digest, size, ...files });
    } catch (error) {
      throw fileSystemError(error, `writing ${file}`);
    }
  }
  return packaged;
}
