import { posix } from 'node:path';
import type { ArchiveInfo } from '../../../archive/archive.ts';
import { UserError } from '../../../errors.ts';
import type { Keyring } from '../../../provenance/keyring.ts';
import { checkStatement, verifyProvenance } from '../../../provenance/verify.ts';
import type { Claim } from './claim.ts';
import { findingAt, type VerifyFinding } from './finding.ts';

/** Whether an archive has a provenance file, and what is wrong with it. */
export type ProvenanceResult = 'none' | 'valid' | UserError;

/**
 * Checks the provenance file of an archive: that it is about these bytes and, with a keyring, that
 * one of the keys signed it.
 * @param read brings the file, undefined where there is none.
 * @throws UserError FILE_SYSTEM
 */
export async function checkProvenance(
  read: () => Promise<Uint8Array | undefined>,
  archive: ArchiveInfo,
  keyring: Keyring | undefined,
): Promise<ProvenanceResult> {
  // Helm looks for the digest by the name of the file, in whatever folder it is.
  const file = { ...archive, fileName: posix.basename(archive.fileName) };
  try {
    const provenance = await read();
    if (provenance === undefined) return 'none';
    if (keyring === undefined) checkStatement(provenance, file);
    else await verifyProvenance(provenance, file, keyring);
    return 'valid';
  } catch (error) {
    const isOurs = error instanceof UserError;
    if (isOurs && (error.code === 'PROVENANCE_INVALID' || error.code === 'NETWORK')) return error;
    throw error;
  }
}

/**
 * What is wrong with the provenance of the archive that an entry names.
 * @param keyring with one, an archive without provenance is told: whoever can change an archive and
 * the index can take a signature away as well.
 */
export function provenanceFindings(
  claim: Claim,
  result: ProvenanceResult,
  keyring: Keyring | undefined,
): VerifyFinding[] {
  if (result === 'valid' || (result === 'none' && keyring === undefined)) return [];
  if (result === 'none') {
    const message = 'the archive has no provenance file: no key vouches for it';
    const hint = 'Publish it again with `spark-charts publish --sign`.';
    return [findingAt(claim, 'no-provenance', message, { severity: 'warning', hint })];
  }
  const { message, next: hint } = result;
  return [findingAt(claim, 'invalid-provenance', message, { ...(hint !== undefined && { hint }) })];
}
