import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { fileSystemError, UserError } from '../errors.ts';

/**
 * Connections over TLS to servers that certain authorities vouch for, in place of the system's.
 * @param file their certificates (PEM).
 * @throws UserError FILE_SYSTEM; USAGE for a file without a certificate, which Node would pass over.
 */
export function agentTrusting(file: string): https.Agent {
  const ca = readCertificates(file);
  return new https.Agent({ ca, keepAlive: true });
}

function readCertificates(file: string): Buffer {
  try {
    const certificates = readFileSync(file);
    if (isCertificate(certificates)) return certificates;
  } catch (error) {
    throw fileSystemError(error, `reading ${file}`);
  }
  throw new UserError('USAGE', `${file} holds no certificate (PEM)`, {
    next: 'Name a file that begins with -----BEGIN CERTIFICATE-----.',
  });
}

function isCertificate(bytes: Uint8Array): boolean {
  try {
    new X509Certificate(bytes);
    return true;
  } catch {
    return false;
  }
}
