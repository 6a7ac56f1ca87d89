import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silent } from '../../../generator/src/progress.ts';
import { RegistryClient, type RegistryOptions } from '../../../generator/src/registry/client.ts';
import { readManifest } from '../../../generator/src/registry/manifests.ts';
import { listenWithTls } from '../../support/tls.ts';
import { temporaryFolder } from '../fileset/fixture.ts';
import { failureOf, listen } from '../network/server.ts';

const clientOf = (host: string, options: RegistryOptions) =>
  new RegistryClient(host, options, { actions: 'pull', progress: silent });

test('reads from where a redirect leads, without the login', async () => {
  const storage = await listen((_, response) => response.end('{}'));
  const { url, requests } = await listen((_, response) =>
    requests.length === 1
      ? response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
      : response.writeHead(307, { location: storage.url.href }).end(),
  );
  const credentials = { username: 'me', password: 'secret' };
  const manifest = await readManifest(clientOf(url.host, { credentials }), 'a/b', '1');
  expect(Buffer.from(manifest?.bytes ?? []).toString()).toBe('{}');
  expect(requests.at(-1)?.headers.authorization).toBeDefined();
  expect(storage.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
});

test('trusts the authorities of a file, and nobody without it', async () => {
  const { url, caFile } = await listenWithTls((_, response) => response.writeHead(404).end());
  const read = (options: RegistryOptions) => readManifest(clientOf(url.host, options), 'a/b', '1');
  expect(await read({ caFile })).toBeUndefined();
  const error = await failureOf(read({ plainHttp: false }));
  expect(error.message).toContain('self-signed certificate');
  expect(() => clientOf(url.host, { caFile: `${caFile}.missing` })).toThrow(
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
