import type { ChartArchive } from '../archive/archive.ts';
import { UserError } from '../errors.ts';
import type { Progress } from '../progress.ts';
import { gpgSigner } from './gpg-signer.ts';
import { keyFileSigner } from './key-file-signer.ts';
import { readPassphrase } from './passphrase.ts';
import { statementOf } from './statement.ts';
import type { SignedArchive, Signer, UnsignedArchive } from './types.ts';

export interface SigningKey {
  /** Fingerprint, key id, email or a part of the user id. */
  key?: string | undefined;
  /** A file of secret keys to look in; gpg where there is none. */
  keyring?: string | undefined;
  /** A file whose first line is the passphrase, `-` for standard input. */
  passphraseFile?: string | undefined;
}

/**
 * Who signs: gpg, or a key from a file.
 * @throws UserError USAGE, SIGNING_FAILED, TOOL_MISSING, TOOL_FAILED, FILE_SYSTEM
 */
export async function createSigner({ key, keyring, passphraseFile }: SigningKey): Promise<Signer> {
  const passphrase = await readPassphrase(passphraseFile);
  if (keyring !== undefined) return keyFileSigner({ file: keyring, name: key, passphrase });
  if (key !== undefined && key !== '') return gpgSigner({ name: key, passphrase });
  throw new UserError('USAGE', 'nothing says which key is to sign', {
    next: 'Name a key of gpg with --key, or a file of secret keys with --keyring.',
  });
}

/**
 * Archives with their provenance, see {@link signArchive}.
 * @throws UserError SIGNING_FAILED
 */
export async function signArchives(
  archives: readonly ChartArchive[],
  signer: Signer,
  progress: Progress,
): Promise<ChartArchive[]> {
  const signed: ChartArchive[] = [];
  for (const archive of archives) {
    progress(`signing ${archive.fileName}`);
    const provenance = await signArchive(archive, signer, archive.provenance);
    signed.push({ ...archive, provenance });
  }
  return signed;
}

/**
 * The provenance of an archive, checked with the key that made it.
 * @param present what there is already; kept where this signer made it for this archive, so that
 * signing again changes nothing.
 * @throws UserError SIGNING_FAILED
 */
export async function signArchive(
  archive: UnsignedArchive,
  signer: Signer,
  present?: Uint8Array,
): Promise<Uint8Array> {
  if (present !== undefined && (await isSigned(present, archive, signer))) return present;
  const provenance = await signer.sign(statementOf(archive));
  try {
    await signer.verify(provenance, archive);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const message = `the signature of ${archive.fileName} does not hold: ${error.message}`;
    throw new UserError('SIGNING_FAILED', message, { cause: error });
  }
  return provenance;
}

async function isSigned(
  provenance: Uint8Array,
  archive: SignedArchive,
  signer: Signer,
): Promise<boolean> {
  try {
    await signer.verify(provenance, archive);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
