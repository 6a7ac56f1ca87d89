import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { fileSystemError, UserError } from '../errors.ts';
import { proxySettings } from './proxy.ts';

/** Made when it is first needed; the environment of a process stays as it is. */
let usual: https.Agent | undefined;

/**
 * Connections over TLS, by a proxy where the environment names one (with Node 22.21, 24.5 or newer).
 * @throws UserError USAGE for a proxy that is none.
 */
export function usualAgent(): https.Agent {
  usual ??= agentWith({});
  return usual;
}

/**
 * As {@link usualAgent}, to servers that certain authorities vouch for, in place of the system's.
 * @param file their certificates (PEM).
 * @throws UserError FILE_SYSTEM; USAGE also for a file without a certificate, which Node would pass over.
 */
export function agentTrusting(file: string): https.Agent {
  return agentWith({ ca: readCertificates(file) });
}

function agentWith(options: https.AgentOptions): https.Agent {
  const proxyEnv = proxySettings(process.env);
  return new https.Agent({ keepAlive: true, ...options, ...(proxyEnv && { proxyEnv }) });
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
