import { replaceFile } from '../files/replace-file.ts';
import { provenanceName, readProvenance } from './provenance-file.ts';
import { signArchive } from './sign.ts';
import type { Signer, UnsignedArchive } from './types.ts';

/**
 * Signs an archive file, which must hold the archive already, into the file beside it; a good
 * signature by the same key stays. To be called under the lock of the folder.
 * @returns the path of the provenance file.
 * @throws UserError SIGNING_FAILED; a system error
 */
export async function signFile(
  file: string,
  archive: UnsignedArchive,
  signer: Signer,
): Promise<string> {
  const path = provenanceName(file);
  const present = await readProvenance(file);
  const provenance = await signArchive(archive, signer, present);
  if (provenance !== present) replaceFile(path, provenance);
  return path;
}
