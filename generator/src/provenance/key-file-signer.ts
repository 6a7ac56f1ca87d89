import type { Key, PrivateKey } from 'openpgp';
import { UserError } from '../errors.ts';
import { fingerprintOf, readKeyringFile } from './keyring.ts';
import { PASSPHRASE_VARIABLE } from './passphrase.ts';
import { signingDate } from './signing-date.ts';
import type { Signer } from './types.ts';
import { verifyProvenance } from './verify.ts';

export interface KeyFile {
  /** A file of secret keys, binary or ASCII-armored. */
  file: string;
  /** Which of them: fingerprint, key id or a part of a user id; may be left out for the only one. */
  name: string | undefined;
  passphrase: string | undefined;
}

/**
 * Signs with a secret key from a file.
 * @throws UserError SIGNING_FAILED where the key is not there or stays locked, USAGE, FILE_SYSTEM
 */
export async function keyFileSigner({ file, name, passphrase }: KeyFile): Promise<Signer> {
  const keys = (await readKeyringFile(file)).filter((key): key is PrivateKey => key.isPrivate());
  const key = await unlock(chooseKey(keys, file, name), file, passphrase);
  return {
    sign: (text) => signWith(key, text),
    verify: (provenance, archive) => verifyProvenance(provenance, archive, [key]),
  };
}

async function signWith(key: PrivateKey, text: string): Promise<Uint8Array> {
  const { createCleartextMessage, sign, enums } = await import('openpgp');
  const date = await signingDate(key);
  try {
    const signed = await sign({
      message: await createCleartextMessage({ text }),
      signingKeys: key,
      ...(date && { date }),
      config: {
        preferredHashAlgorithm: enums.hash.sha512,
        // The same bytes for the same time.
        nonDeterministicSignaturesViaNotation: date === undefined,
      },
    });
    // The library writes the ends of lines that are signed, of Windows.
    return Buffer.from(signed.replaceAll('\r\n', '\n'));
  } catch (error) {
    throw new UserError(
      'SIGNING_FAILED',
      `the key ${fingerprintOf(key)} cannot sign: ${(error as Error).message}`,
      { next: 'Give another key, or renew this one.', cause: error },
    );
  }
}

function chooseKey(
  keys: readonly PrivateKey[],
  file: string,
  name: string | undefined,
): PrivateKey {
  const called = keys.filter((key) => name === undefined || isCalled(key, name));
  const exact = called.filter((key) => name !== undefined && key.getUserIDs().includes(name));
  const candidates = exact.length > 0 ? exact : called;
  const [key, another] = candidates;
  if (key !== undefined && another === undefined) return key;
  const which = name === undefined ? '' : ` for ${JSON.stringify(name)}`;
  if (key === undefined)
    throw new UserError('SIGNING_FAILED', `${file} holds no secret key${which}`, {
      next: 'Make the file with `gpg --export-secret-keys`, and name a key that it holds.',
    });
  throw new UserError('SIGNING_FAILED', `${file} holds several secret keys${which}`, {
    next: `Name one by its fingerprint with --key: ${candidates.map(fingerprintOf).join(', ')}.`,
  });
}

/** Key ids are the end of fingerprints. */
function isCalled(key: Key, name: string): boolean {
  const hex = name.replace(/^0x/i, '').replaceAll(' ', '').toUpperCase();
  if (/^(?:[\dA-F]{16}|[\dA-F]{40})$/.test(hex))
    return key.getKeys().some((part) => part.getFingerprint().toUpperCase().endsWith(hex));
  return key.getUserIDs().some((id) => id.includes(name));
}

async function unlock(
  key: PrivateKey,
  file: string,
  passphrase: string | undefined,
): Promise<PrivateKey> {
  if (key.isDecrypted()) return key;
  const { decryptKey } = await import('openpgp');
  if (passphrase === undefined)
    throw new UserError('SIGNING_FAILED', `the key in ${file} is locked by a passphrase`, {
      next: `Give the passphrase with --passphrase-file or in ${PASSPHRASE_VARIABLE}.`,
    });
  return decryptKey({ privateKey: key, passphrase }).catch((error: unknown) => {
    throw new UserError('SIGNING_FAILED', `the passphrase does not open the key in ${file}`, {
      next: 'Check the passphrase, its first line if it is a file.',
      cause: error,
    });
  });
}
