import type { ArchiveInfo } from '../archive/archive.ts';

/** An archive that a provenance file vouches for, by name and digest. */
export type SignedArchive = Pick<ArchiveInfo, 'fileName' | 'digest'>;

/** An archive to sign: a provenance file holds its Chart.yaml as well. */
export type UnsignedArchive = SignedArchive & Pick<ArchiveInfo, 'metadata'>;

/**
 * Signs the text of a provenance file and knows its own signatures again. The seam for other ways
 * of signing: OpenPGP now, by gpg or by a key file; keyless ones can follow.
 */
export interface Signer {
  /** What `<archive>.prov` is to hold. @throws UserError SIGNING_FAILED */
  sign(text: string): Promise<Uint8Array>;
  /** Checks what this signer signed. @throws UserError PROVENANCE_INVALID */
  verify(provenance: Uint8Array, archive: SignedArchive): Promise<Signature>;
}

/** Who signed an archive. */
export interface Signature {
  /** Of the primary key, hex, upper case. */
  fingerprint: string;
  /** User ids of the key, as `Name <email>`. */
  signedBy: string[];
}
