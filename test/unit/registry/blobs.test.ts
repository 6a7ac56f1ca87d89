import { beforeEach, expect, test } from 'vitest';
import { silent } from '../../../generator/src/progress.ts';
import { createBlob } from '../../../generator/src/registry/artifact.ts';
import { writeBlob } from '../../../generator/src/registry/blobs.ts';
import { RegistryClient } from '../../../generator/src/registry/client.ts';
import { listenBefore, startRegistry } from '../../support/registry.ts';
import { useTools } from '../../support/tools.ts';
import { failureOf, listen } from '../network/server.ts';
import { readStoredBlob } from '../repository/oci/fixture.ts';

useTools('registry');

let registry: string;
beforeEach(async () => {
  registry = await startRegistry();
});

const BLOB = createBlob('text/plain', Buffer.from('content'));

const write = (host: string, progress = silent) =>
  writeBlob(new RegistryClient(host, {}, { actions: 'pull,push', progress }), 'a/b', BLOB);

test('uploads a blob and reads it back', async () => {
  const { requests, url } = await listenBefore(registry, (_, __, forward) => forward());
  await write(url.host);
  expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'PUT', 'GET']);
  expect(await readStoredBlob(registry, 'a/b', BLOB.descriptor.digest)).toEqual(BLOB.bytes);
});

test('uploads nothing that is there', async () => {
  await write(registry);
  const { requests, url } = await listenBefore(registry, (_, __, forward) => forward());
  await write(url.host);
  expect(requests.map(({ method }) => method)).toEqual(['GET']);
});

test.each(['POST', 'PUT'])('begins an upload again whose %s fails in passing', async (method) => {
  const said: string[] = [];
  let failures = 0;
  const { url } = await listenBefore(registry, (request, response, forward) => {
    if (request.method !== method || failures > 1) return forward();
    failures += 1;
    return failures === 1 ? request.socket.destroy() : response.writeHead(503).end();
  });
  await write(url.host, (line) => said.push(line));
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
    if (method === 'GET') response.writeHead(404).end();
    else response.writeHead(status).end(body);
  });
  const error = await failureOf(write(url.host));
  expect(error).toMatchObject({ code: status === 403 ? 'DENIED' : 'NETWORK' });
  expect(error.message).toContain(message);
  expect(error.next).toBeDefined();
  expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST']);
});

test.each([
  'http://example.com/upload',
  'https://127.0.0.1/upload',
  'http://me:secret@127.0.0.1/',
  '',
])('uploads nothing to %j', async (location) => {
  const { requests, url } = await listen(({ method }, response) => {
    response.writeHead(method === 'GET' ? 404 : 202, location === '' ? {} : { location }).end();
  });
  const error = await failureOf(write(url.host));
  expect(error.message).toContain('wants uploads to go to another server');
  expect(requests).toHaveLength(2);
});

test.each([
  ['loses', 404, ''],
  ['changes', 200, 'contend'],
  ['cuts', 200, 'conten'],
])('a registry that %s what it took is not believed', async (_, status, body) => {
  const { url } = await listenBefore(registry, ({ method }, response, forward) =>
    method === 'GET' ? response.writeHead(status).end(body) : forward(),
  );
  const error = await failureOf(write(url.host));
  expect(error.message).toContain(`took ${BLOB.descriptor.digest} and has not got it`);
});
