import type { ArchiveInfo } from '../archive/archive.ts';

/** What a provenance file vouches for. */
export type SignedArchive = Pick<ArchiveInfo, 'fileName' | 'digest' | 'metadata'>;

/**
 * Signs the text of a provenance file. The seam for other ways of signing: OpenPGP now, by gpg or
 * by a key file.
 */
export interface Signer {
  /** The clear-signed text, SHA-512, as `<archive>.prov` holds it. @throws UserError SIGNING_FAILED */
  sign(text: string): Promise<string>;
}

/** Who signed an archive. */
export interface Signature {
  /** Hex, upper case. */
  fingerprint: string;
  /** User ids of the key, as `Name <email>`. */
  signedBy: string[];
}
