import { createReadStream, rmSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { MAX_CHART_YAML_SIZE } from '../archive/limits.ts';
import { isMissing } from '../files/read.ts';

/** Bytes that a provenance file may have: it holds a Chart.yaml, a few digests and a signature. */
export const MAX_PROVENANCE_SIZE = 2 * MAX_CHART_YAML_SIZE;

/** Name, path or URL of the file beside an archive that holds its provenance. */
export function provenanceName(archive: string): string {
  return `${archive}.prov`;
}

/**
 * The provenance file beside an archive, undefined where there is none. Of a longer one than there
 * may be so much is read that its check refuses it.
 * @throws a system error
 */
export async function readProvenance(archive: string): Promise<Buffer | undefined> {
  try {
    // `end` is the last byte.
    return await buffer(createReadStream(provenanceName(archive), { end: MAX_PROVENANCE_SIZE }));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Removes the provenance of an archive whose bytes are about to change: at no time may it stand
 * beside bytes that it is not about. To be called under the lock of the folder.
 * @throws a system error
 */
export function removeProvenance(file: string): void {
  rmSync(provenanceName(file), { force: true });
}
