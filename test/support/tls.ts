import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../unit/fileset/fixture.ts';

/** A server whose certificate nobody vouches for but itself. */
export interface TlsServer {
  /** Of the name in the certificate. */
  url: URL;
  port: number;
  /** The certificate (PEM). */
  caFile: string;
}

/** Makes a self-signed certificate for a name: `DNS:localhost`, `IP:127.0.0.1`. */
export function makeCertificate(name: string): { keyFile: string; caFile: string } {
  const folder = temporaryFolder();
  const [keyFile, caFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const args = [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
    ...['-subj', '/CN=test', '-addext', `subjectAltName=${name}`, '-days', '1'],
    ...['-keyout', keyFile, '-out', caFile],
  ];
  execFileSync('openssl', args, { stdio: 'ignore' });
  return { keyFile, caFile };
}

/** Listens with TLS on this machine until the test ends. */
export async function listenWithTls(
  listener: RequestListener,
  host = 'localhost',
): Promise<TlsServer> {
  const { keyFile, caFile } = makeCertificate(`DNS:${host}`);
  const options = { key: readFileSync(keyFile), cert: readFileSync(caFile) };
  const server = createServer(options, listener);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: new URL(`https://${host}:${port}/`), port, caFile };
}
