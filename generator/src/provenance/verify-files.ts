import { basename } from 'node:path';
import { readArchiveBytes } from '../archive/read.ts';
import { attemptAll } from '../attempt-all.ts';
import { fileSystemError, UserError } from '../errors.ts';
import { sha256 } from '../files/digest.ts';
import type { Progress } from '../progress.ts';
import { count } from '../text.ts';
import { type Keyring, readKeyringFile } from './keyring.ts';
import { provenanceName, readProvenance } from './provenance-file.ts';
import type { Signature } from './types.ts';
import { verifyProvenance } from './verify.ts';

export interface VerifiedFile extends Signature {
  file: string;
  /** SHA-256 of the archive, hex. */
  digest: string;
}

/**
 * Checks archive files with the `.prov` files beside them, as `helm verify` does. Nothing of an
 * archive is unpacked.
 * @param keyring a file of public keys.
 * @throws UserError PROVENANCE_INVALID when one does not hold, after all were looked at; USAGE,
 * ARCHIVE_INVALID, FILE_SYSTEM
 */
export async function verifyFiles(
  files: readonly string[],
  keyring: string,
  progress: Progress,
): Promise<VerifiedFile[]> {
  const keys = await readKeyringFile(keyring);
  const verify = (file: string) => {
    progress(`verifying ${file}`);
    return verifyFile(file, keys);
  };
  const failed = (failures: number) =>
    `${failures} of ${count(files.length, 'archive')} cannot be trusted`;
  return attemptAll(files, verify, failed);
}

async function verifyFile(file: string, keyring: Keyring): Promise<VerifiedFile> {
  const digest = sha256(readArchiveBytes(file, file));
  const provenance = await requireProvenance(file);
  const signed = { fileName: basename(file), digest };
  return { file, digest, ...(await verifyProvenance(provenance, signed, keyring)) };
}

async function requireProvenance(file: string): Promise<Uint8Array> {
  const path = provenanceName(file);
  const provenance = await readProvenance(file).catch((error: unknown) => {
    throw fileSystemError(error, `reading ${path}`);
  });
  if (provenance) return provenance;
  throw new UserError('PROVENANCE_INVALID', `${file} has no provenance file`, {
    next: `Put ${basename(path)} beside it, from where the archive is from.`,
  });
}
