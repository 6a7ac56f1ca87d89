import { UserError } from '../errors.ts';
import { count } from '../text.ts';
import { readClearSigned, type ClearSigned } from './clear-signed.ts';
import type { Keyring } from './keyring.ts';
import { ProvenanceError } from './provenance-error.ts';
import { MAX_PROVENANCE_SIZE } from './provenance-file.ts';
import { checkSignature } from './signature.ts';
import { readStatement } from './read-statement.ts';
import type { Signature, SignedArchive } from './types.ts';

/** Enough to see what a provenance file is about; a hostile one can name many. */
const NAMES_TOLD = 3;

/**
 * Checks that an archive is the one that its provenance file vouches for, and who signed that.
 * @throws UserError PROVENANCE_INVALID
 */
export async function verifyProvenance(
  provenance: Uint8Array,
  archive: SignedArchive,
  keyring: Keyring,
): Promise<Signature> {
  try {
    return await checkSignature(readMessage(provenance, archive), keyring);
  } catch (error) {
    throw provenanceInvalid(error, archive);
  }
}

/**
 * Checks that a provenance file is about this archive: its name and its bytes. Who signed it is not
 * looked at, which would take keys.
 * @throws UserError PROVENANCE_INVALID
 */
export function checkStatement(provenance: Uint8Array, archive: SignedArchive): void {
  try {
    readMessage(provenance, archive);
  } catch (error) {
    throw provenanceInvalid(error, archive);
  }
}

/** A provenance file taken apart, its text being about this archive. */
function readMessage(provenance: Uint8Array, { fileName, digest }: SignedArchive): ClearSigned {
  if (provenance.length > MAX_PROVENANCE_SIZE)
    throw new ProvenanceError(`its provenance file is larger than ${MAX_PROVENANCE_SIZE} bytes`);
  const message = readClearSigned(provenance);
  compare(readStatement(message.text), fileName, `sha256:${digest}`);
  return message;
}

function compare(sums: ReadonlyMap<string, string>, fileName: string, sum: string): void {
  const signed = sums.get(fileName);
  if (signed === sum) return;
  if (signed !== undefined)
    throw new ProvenanceError(`its bytes are not those that were signed: ${sum}, not ${signed}`);
  const names = [...sums.keys()];
  const original = names.find((name) => sums.get(name) === sum);
  if (original === undefined)
    throw new ProvenanceError(
      `its provenance file is about ${count(names.length, 'other file')}: ${names.slice(0, NAMES_TOLD).join(', ')}`,
    );
  throw new ProvenanceError(
    `it was renamed: it is signed as ${original}`,
    `Call it ${original}; the digest is looked up by the name of the file.`,
  );
}

function provenanceInvalid(error: unknown, { fileName }: SignedArchive): unknown {
  if (!(error instanceof ProvenanceError)) return error;
  const message = `${fileName} cannot be trusted: ${error.message}`;
  return new UserError('PROVENANCE_INVALID', message, { next: error.next, cause: error });
}
