import { rmSync } from 'node:fs';

/** Name, path or URL of the file beside an archive that holds its provenance. */
export function provenanceName(archive: string): string {
  return `${archive}.prov`;
}

/**
 * Removes the provenance of an archive whose bytes are about to change: at no time may it stand
 * beside bytes that it is not about. To be called under the lock of the folder.
 * @throws a system error
 */
export function removeProvenance(file: string): void {
  rmSync(provenanceName(file), { force: true });
}
