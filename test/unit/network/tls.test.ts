import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { download } from '../../../generator/src/network/download.ts';
import { statusOf } from '../../../generator/src/network/failure.ts';
import { temporaryFolder } from '../fileset/fixture.ts';
import { failureOf, listen } from './server.ts';

const LIMIT = { maxBytes: 1000 };

/** Listens with a certificate of its own until the test ends. */
async function listenWithTls({ location }: { location?: string } = {}): Promise<{
  url: URL;
  certificate: Buffer;
}> {
  const folder = temporaryFolder();
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '1'],
      ...['-keyout', key, '-out', cert],
    ],
    { stdio: 'ignore' },
  );
  const certificate = readFileSync(cert);
  const options = { key: readFileSync(key), cert: certificate };
  const server = https.createServer(options, (_, response) => {
    if (location === undefined) response.end('secure');
    else response.writeHead(302, { location }).end();
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: new URL(`https://localhost:${port}/`), certificate };
}

/** As NODE_EXTRA_CA_CERTS does for a whole process. */
function trust(certificate: Buffer): void {
  https.globalAgent.options.ca = certificate;
  onTestFinished(() => {
    delete https.globalAgent.options.ca;
  });
}

test('refuses a certificate that nobody vouches for, at once', async () => {
  const said: string[] = [];
  const { url } = await listenWithTls();
  const progress = (message: string) => said.push(message);
  const error = await failureOf(download(url, { ...LIMIT, progress }));
  expect(error).toMatchObject({ code: 'NETWORK' });
  expect(error.message).toContain('self-signed certificate');
  expect(error.next).toContain('NODE_EXTRA_CA_CERTS');
  expect(said).toEqual([]);
});

test('fetches over TLS, and does not leave it', async () => {
  const inClear = await listen((_, response) => response.end('in clear'));
  const secure = await listenWithTls();
  trust(secure.certificate);
  const { bytes } = await download(secure.url, LIMIT);
  expect(Buffer.from(bytes).toString()).toBe('secure');
  const leaving = await listenWithTls({ location: inClear.url.href });
  trust(leaving.certificate);
  const error = await failureOf(download(leaving.url, LIMIT));
  expect(error.message).toBe(`${leaving.url.href} redirects to where it would not be encrypted`);
  expect(statusOf(error)).toBe(302);
  expect(inClear.requests).toEqual([]);
});
