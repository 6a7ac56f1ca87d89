import type { Key } from 'openpgp';
import { UserError } from '../errors.ts';
import { readNamed } from '../files/read.ts';

/** OpenPGP keys, secret or public. */
export type Keyring = readonly Key[];

const ARMOR = /-----BEGIN PGP (?:PUBLIC|PRIVATE) KEY BLOCK-----[^]*?-----END PGP [^-]*-----/g;

/**
 * Reads a file of OpenPGP keys: binary, or ASCII-armored with one or more blocks.
 * @throws UserError USAGE where it is no such file, FILE_SYSTEM
 */
export async function readKeyringFile(file: string): Promise<Keyring> {
  return readKeyring(await readNamed(file), file);
}

/**
 * {@link readKeyringFile} of bytes.
 * @param file what to call them in messages.
 * @throws UserError USAGE
 */
export async function readKeyring(bytes: Uint8Array, file: string): Promise<Keyring> {
  if (isKeybox(bytes))
    throw new UserError('USAGE', `${file} is a keybox of GnuPG, which Helm 3 cannot read either`, {
      next: 'Give a file that `gpg --export` made, for signing `gpg --export-secret-keys`.',
    });
  // Loaded here because most commands never need it.
  const { readKeys } = await import('openpgp');
  const text = Buffer.from(bytes).toString('latin1');
  try {
    if (!text.trimStart().startsWith('-----BEGIN PGP'))
      return await readKeys({ binaryKeys: bytes });
    const blocks = [...text.matchAll(ARMOR)].map(([armoredKeys]) => readKeys({ armoredKeys }));
    if (blocks.length === 0) throw new Error('it holds no whole block of keys');
    return (await Promise.all(blocks)).flat();
  } catch (error) {
    throw new UserError('USAGE', `${file} is no keyring: ${(error as Error).message}`, {
      next: 'Give a file that `gpg --export` made, binary or ASCII-armored.',
      cause: error,
    });
  }
}

/** The magic of pubring.kbx (kbx/keybox-blob.c in GnuPG). */
function isKeybox(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(8, 12)).toString('latin1') === 'KBXf';
}

/** As gpg and Helm print it. */
export function fingerprintOf(key: Key): string {
  return key.getFingerprint().toUpperCase();
}
