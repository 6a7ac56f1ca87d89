import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { silent } from '../../../generator/src/progress.ts';
import { createBlob } from '../../../generator/src/registry/artifact.ts';
import { RegistryClient, type RegistryOptions } from '../../../generator/src/registry/client.ts';
import { listenBefore, startRegistry } from '../../support/registry.ts';
import { useTools } from '../../support/tools.ts';
import { temporaryFolder } from '../fileset/fixture.ts';
import { failureOf, listen } from '../network/server.ts';

useTools('registry');

let registry: string;
beforeEach(async () => {
  registry = await startRegistry();
});

const BLOB = createBlob('text/plain', Buffer.from('content'));
const MANIFEST = {
  bytes: Buffer.from('{"schemaVersion":2,"layers":[]}'),
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
};

const clientOf = (host: string, options: RegistryOptions = {}, progress = silent) =>
  new RegistryClient(host, options, { actions: 'pull,push', progress });

test('writes and reads', async () => {
  const client = clientOf(registry);
  expect(await client.readManifest('a/b', '1')).toBeUndefined();
  await client.writeBlob('a/b', BLOB);
  await client.writeManifest('a/b', '1', MANIFEST);
  expect(await client.readManifest('a/b', '1')).toMatchObject(MANIFEST);
});

test('uploads nothing that is there', async () => {
  await clientOf(registry).writeBlob('a/b', BLOB);
  const { requests, url } = await listenBefore(registry, (_, __, forward) => forward());
  await clientOf(url.host).writeBlob('a/b', BLOB);
  expect(requests.map(({ method }) => method)).toEqual(['HEAD']);
});

test.each(['POST', 'PUT'])('begins an upload again whose %s fails in passing', async (method) => {
  const said: string[] = [];
  let failures = 0;
  const { url } = await listenBefore(registry, (request, response, forward) => {
    if (request.method !== method || failures > 1) return forward();
    failures += 1;
    return failures === 1 ? request.socket.destroy() : response.writeHead(503).end();
  });
  await clientOf(url.host, {}, (line) => said.push(line)).writeBlob('a/b', BLOB);
  expect(failures).toBe(2);
  expect(said).toHaveLength(2);
  expect(said[1]).toContain('503');
});

test.each([
  [403, '{"errors":[{"code":"DENIED","message":"push to a/b: denied"}]}', 'DENIED: push to a/b'],
  [404, '{"errors":[{"code":"NAME_UNKNOWN","message":"no such repository"}]}', 'NAME_UNKNOWN'],
  [400, '{"errors":[null,{"message":"\\u001b[31mred"}]}', '400 \uFFFD[31mred'],
  [413, 'x'.repeat(9_000_000), 'is larger than'],
  [405, 'no JSON', '405'],
])('a lasting refusal with %i is told as the registry tells it', async (status, body, message) => {
  const { requests, url } = await listen(({ method }, response) => {
    response.writeHead(method === 'HEAD' ? 404 : status).end(body);
  });
  const error = await failureOf(clientOf(url.host).writeBlob('a/b', BLOB));
  expect(error).toMatchObject({ code: status === 403 ? 'DENIED' : 'NETWORK' });
  expect(error.message).toContain(message);
  expect(error.next).toBeDefined();
  expect(requests.map(({ method }) => method)).toEqual(['HEAD', 'POST']);
});

test.each([
  'http://example.com/upload',
  'https://127.0.0.1/upload',
  'http://me:secret@127.0.0.1/',
  '',
])('uploads nothing to %j', async (location) => {
  const { requests, url } = await listen(({ method }, response) => {
    response.writeHead(method === 'HEAD' ? 404 : 202, location === '' ? {} : { location }).end();
  });
  const error = await failureOf(clientOf(url.host).writeBlob('a/b', BLOB));
  expect(error.message).toContain('wants uploads to go to another server');
  expect(requests).toHaveLength(2);
});

test('a registry that loses what it took is not believed', async () => {
  const { url } = await listenBefore(registry, ({ method }, response, forward) =>
    method === 'HEAD' ? response.writeHead(404).end() : forward(),
  );
  const error = await failureOf(clientOf(url.host).writeBlob('a/b', BLOB));
  expect(error.message).toContain(`took ${BLOB.descriptor.digest} and has not got it`);
});

test('reads from where a redirect leads, without the login', async () => {
  const storage = await listen((_, response) => response.end('{}'));
  const { url, requests } = await listen((_, response) =>
    requests.length === 1
      ? response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
      : response.writeHead(307, { location: storage.url.href }).end(),
  );
  const credentials = { username: 'me', password: 'secret' };
  const manifest = await clientOf(url.host, { credentials }).readManifest('a/b', '1');
  expect(Buffer.from(manifest?.bytes ?? []).toString()).toBe('{}');
  expect(requests.at(-1)?.headers.authorization).toBeDefined();
  expect(storage.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
});

test('trusts the authorities of a file, and nobody without it', async () => {
  const { host, caFile } = await listenWithTls();
  expect(await clientOf(host, { caFile }).readManifest('a/b', '1')).toBeUndefined();
  const error = await failureOf(clientOf(host, { plainHttp: false }).readManifest('a/b', '1'));
  expect(error.message).toContain('self-signed certificate');
  expect(() => clientOf(host, { caFile: `${caFile}.missing` })).toThrow(
    expect.objectContaining({ code: 'FILE_SYSTEM' }),
  );
});

test('a file of authorities that holds no certificate is refused', () => {
  const caFile = join(temporaryFolder(), 'ca.pem');
  writeFileSync(caFile, '-----BEGIN PRIVATE KEY-----\n');
  expect(() => clientOf('localhost:1', { caFile })).toThrow(
    expect.objectContaining({ code: 'USAGE', message: `${caFile} holds no certificate (PEM)` }),
  );
});

/** A registry without anything in it, with a certificate of its own. */
async function listenWithTls() {
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
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) =>
    response.writeHead(404).end(),
  );
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return { host: `localhost:${port}`, caFile: cert };
}
