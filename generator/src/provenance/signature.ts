import type { Key, VerifyMessageResult } from 'openpgp';
import type { ClearSigned } from './clear-signed.ts';
import { fingerprintOf, type Keyring } from './keyring.ts';
import { ProvenanceError } from './provenance-error.ts';
import type { Signature } from './types.ts';

type SignatureCheck = VerifyMessageResult['signatures'][number];

/**
 * Checks that one of the keys signed a message. As with Helm the key must be good now, not only
 * when it signed.
 * @throws ProvenanceError
 */
export async function checkSignature(message: ClearSigned, keyring: Keyring): Promise<Signature> {
  const { check, key } = findKnown(await readSignatures(message, keyring), keyring);
  const fingerprint = fingerprintOf(key);
  await key.getSigningKey(check.keyID).catch((error: unknown) => {
    throw new ProvenanceError(
      `the key ${fingerprint} that signed it is no good: ${reasonOf(error)}`,
      'If its owner renewed the key, get it again.',
      { cause: error },
    );
  });
  await check.verified.catch((error: unknown) => {
    throw new ProvenanceError(`its signature is no good: ${reasonOf(error)}`, undefined, {
      cause: error,
    });
  });
  return { fingerprint, signedBy: key.getUserIDs() };
}

async function readSignatures(
  { text, signature }: ClearSigned,
  keyring: Keyring,
): Promise<SignatureCheck[]> {
  // Loaded here because most commands never need it.
  const openpgp = await import('openpgp');
  try {
    const { signatures } = await openpgp.verify({
      // The ends of lines that are signed, whatever the type of the signature.
      message: await openpgp.createMessage({ text: text.replaceAll('\n', '\r\n') }),
      signature: await openpgp.readSignature({ armoredSignature: signature }),
      verificationKeys: [...keyring],
      // A renewed key may hold nothing older than its renewal; that it is good now is checked here.
      config: { allowInsecureVerificationWithReformattedKeys: true },
    });
    return signatures;
  } catch (error) {
    throw new ProvenanceError(`its signature cannot be read: ${reasonOf(error)}`, undefined, {
      cause: error,
    });
  }
}

/** The first signature whose key is known, which is the one that Helm goes by. */
function findKnown(
  checks: readonly SignatureCheck[],
  keyring: Keyring,
): { check: SignatureCheck; key: Key } {
  for (const check of checks) {
    const key = keyring.find((candidate) => candidate.getKeys(check.keyID).length > 0);
    if (key !== undefined) return { check, key };
  }
  const ids = checks.map(({ keyID }) => keyID.toHex().toUpperCase()).join(', ');
  if (ids === '') throw new ProvenanceError('its provenance file holds no signature of a text');
  throw new ProvenanceError(
    `it is signed with the key ${ids}, which is not in the keyring`,
    'If you trust the owner of that key, add it to the keyring.',
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
