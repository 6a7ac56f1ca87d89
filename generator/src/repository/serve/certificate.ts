import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { UserError } from '../../errors.ts';
import { readNamed } from '../../files/read.ts';

/** PEM files of a TLS server. */
export interface CertificateFiles {
  /** The server's certificate, then those between it and its authority. */
  certificate: string;
  /** Its private key, without a passphrase. */
  key: string;
}

/**
 * What a TLS server is started with.
 * @throws UserError FILE_SYSTEM where a file cannot be read, USAGE where the two are no pair.
 */
export async function readCertificate(files: CertificateFiles): Promise<SecureContextOptions> {
  const { certificate, key } = files;
  const [cert, privateKey] = await Promise.all([readNamed(certificate), readNamed(key)]);
  const options: SecureContextOptions = { cert, key: privateKey, minVersion: 'TLSv1.2' };
  try {
    createSecureContext(options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError('USAGE', `${certificate} and ${key} are no TLS certificate: ${reason}`, {
      next: 'Both are PEM files, and the key is the one of the certificate, without a passphrase.',
      cause: error,
    });
  }
  return options;
}
