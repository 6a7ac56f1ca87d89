import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import {
  type RunningServer,
  startServer,
} from '../../../../generator/src/repository/serve/server.ts';
import { temporaryFolder, write } from '../../fileset/fixture.ts';

const INDEX = `apiVersion: v1\nentries: {}\n${'# much of the same\n'.repeat(200)}`;
const ARCHIVE = Buffer.from(Array.from({ length: 5000 }, (_, i) => i % 7));

async function serve(): Promise<{ folder: string; server: RunningServer }> {
  const folder = temporaryFolder();
  write(join(folder, 'index.yaml'), INDEX);
  writeFileSync(join(folder, 'demo-1.0.0+1.tgz'), ARCHIVE);
  write(join(folder, 'demo-1.0.0+1.tgz.prov'), 'signed');
  write(join(folder, 'sub', 'other.txt'), 'text');
  write(join(folder, '.lock'), 'secret');
  write(join(folder, '.git', 'config'), 'secret');
  const server = await startServer(folder, { port: 0 });
  onTestFinished(() => server.close());
  return { folder, server };
}

/** A request as it is written, without a client that tidies it up. */
function raw(server: RunningServer, text: string): Promise<string> {
  const { port, hostname } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.setEncoding('latin1').on('data', (piece: string) => (answer += piece));
    socket
      .on('end', () => {
        resolve(answer);
      })
      .on('error', reject);
    socket.write(`${text}\r\nHost: x\r\nConnection: close\r\n\r\n`);
  });
}

const plain = { 'accept-encoding': 'identity' };

test.each([
  ['index.yaml', 'application/yaml'],
  ['demo-1.0.0+1.tgz', 'application/gzip'],
  ['demo-1.0.0%2B1.tgz', 'application/gzip'],
  ['demo-1.0.0+1.tgz.prov', 'text/plain; charset=utf-8'],
  ['sub/other.txt', 'text/plain; charset=utf-8'],
])('%s is served as %s', async (path, type) => {
  const { server } = await serve();
  const response = await fetch(`${server.url}/${path}`, { headers: plain });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

test('the ETag of a file is the digest of its content', async () => {
  const { folder, server } = await serve();
  const etagOf = async () => (await fetch(`${server.url}/demo-1.0.0+1.tgz`)).headers.get('etag');
  const digest = createHash('sha256').update(ARCHIVE).digest('hex');
  expect(await etagOf()).toBe(`"${digest}"`);
  expect(await etagOf()).toBe(`"${digest}"`);
  writeFileSync(join(folder, 'demo-1.0.0+1.tgz'), 'other');
  expect(await etagOf()).toBe(`"${createHash('sha256').update('other').digest('hex')}"`);
});

test('a client that has the file gets nothing', async () => {
  const { server } = await serve();
  const etag = (await fetch(`${server.url}/index.yaml`)).headers.get('etag') ?? '';
  const get = (tag: string) => raw(server, `GET /index.yaml HTTP/1.1\r\nIf-None-Match: ${tag}`);
  expect(await get(etag)).toMatch(/^HTTP\/1.1 304 [^]*\r\n\r\n$/);
  expect(await get('"other"')).toMatch(/^HTTP\/1.1 200 /);
});

test('clients that ask get the index compressed, under a weak ETag', async () => {
  const { server } = await serve();
  const headers = { 'accept-encoding': 'gzip' };
  const answer = await raw(server, 'GET /index.yaml HTTP/1.0\r\nAccept-Encoding: gzip');
  expect(answer).toMatch(/Content-Encoding: gzip/);
  expect(answer).toMatch(/ETag: W\//);
  const body = Buffer.from(answer.slice(answer.indexOf('\r\n\r\n') + 4), 'latin1');
  expect(gunzipSync(body).toString()).toBe(INDEX);
  expect(await (await fetch(`${server.url}/index.yaml`, { headers })).text()).toBe(INDEX);
});

test.each([
  ['archives', '/demo-1.0.0+1.tgz', { 'accept-encoding': 'gzip' }],
  ['parts of files', '/index.yaml', { 'accept-encoding': 'gzip', range: 'bytes=0-1999' }],
  ['files for clients that do not ask', '/index.yaml', plain],
])('%s are not compressed', async (_, path, headers) => {
  const { server } = await serve();
  const response = await fetch(server.url + path, { headers });
  expect(response.headers.get('content-encoding')).toBeNull();
  expect(response.headers.get('etag')).not.toMatch(/^W/);
});

test('parts of files are served', async () => {
  const { server } = await serve();
  const get = (range: string) => fetch(`${server.url}/demo-1.0.0+1.tgz`, { headers: { range } });
  const part = await get('bytes=10-19');
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 10-19/5000']);
  expect(Buffer.from(await part.arrayBuffer())).toEqual(ARCHIVE.subarray(10, 20));
  expect((await get('bytes=9999-')).status).toBe(416);
});

test('HEAD gives the headers alone', async () => {
  const { server } = await serve();
  const response = await fetch(`${server.url}/demo-1.0.0+1.tgz`, { method: 'HEAD' });
  expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([
    200,
    '5000',
    '',
  ]);
});

test.each(['POST', 'PUT', 'DELETE'])('%s is refused', async (method) => {
  const { server } = await serve();
  const response = await fetch(`${server.url}/index.yaml`, { method });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});

test.each([
  ...['/', '/none.yaml', '/sub', '/sub/', '/.lock', '/.git/config', '/sub/../.git/config'],
  ...['/../../etc/passwd', '/..%2f..%2fetc/passwd', '/%2e%2e/x', '//etc/passwd', '/sub//other.txt'],
  ...['/..\\x', '/%00', '/%', '/index.yaml%00', '/outside', '/C:/x', `/${'a'.repeat(300)}`],
])('nothing is found at %s', async (path) => {
  const { folder, server } = await serve();
  symlinkSync('/etc', join(folder, 'outside'));
  symlinkSync('/etc/hostname', join(folder, 'sub', 'link'));
  for (const target of [path, '/outside/hostname', '/sub/link']) {
    const answer = await raw(server, `GET ${target} HTTP/1.1`);
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
    expect(answer).toMatch(/Content-Type: text\/plain/);
  }
});

test('a folder whose name begins like the served one is outside', async () => {
  const { folder, server } = await serve();
  const neighbour = `${folder}-neighbour`;
  write(join(neighbour, 'x'), 'secret');
  onTestFinished(() => void spawnSync('rm', ['-r', neighbour]));
  symlinkSync(join(neighbour, 'x'), join(folder, 'x'));
  expect((await fetch(`${server.url}/x`)).status).toBe(404);
  expect((await raw(server, `GET /../${basename(neighbour)}/x HTTP/1.1`)).slice(9, 12)).toBe('404');
});

test('stopping lets a request end and hangs up on clients that only wait', async () => {
  const { folder, server } = await serve();
  writeFileSync(join(folder, 'large.tgz'), Buffer.alloc(8 * 1024 * 1024));
  const idle = connect(Number(new URL(server.url).port), '127.0.0.1');
  onTestFinished(() => void idle.destroy());
  const response = await fetch(`${server.url}/large.tgz`);
  const closed = server.close();
  await sleep(50);
  expect((await response.arrayBuffer()).byteLength).toBe(8 * 1024 * 1024);
  await closed;
  await expect(fetch(server.url)).rejects.toThrow();
});

test('an index that goes away is not found, and is when it is back', async () => {
  const { folder, server } = await serve();
  const status = async () => (await fetch(`${server.url}/index.yaml`)).status;
  rmSync(join(folder, 'index.yaml'));
  expect(await status()).toBe(404);
  write(join(folder, 'index.yaml'), INDEX);
  expect(await status()).toBe(200);
});

test('a folder without an index is not served', async () => {
  await expect(startServer(temporaryFolder(), { port: 0 })).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining('has no index.yaml') as unknown,
  });
});

test('a port that is taken is named', async () => {
  const { folder, server } = await serve();
  const port = Number(new URL(server.url).port);
  await expect(startServer(folder, { port })).rejects.toMatchObject({
    code: 'BUSY',
    message: `port ${port} is in use`,
  });
});

test.each(['/nonexistent/folder', import.meta.filename])(
  '%s is no folder to serve',
  async (path) => {
    await expect(startServer(path, { port: 0 })).rejects.toMatchObject({ code: 'USAGE' });
  },
);
