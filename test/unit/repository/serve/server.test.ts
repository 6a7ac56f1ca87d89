import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../../../generator/src/repository/serve/server.ts';
import { temporaryFolder, write } from '../../fileset/fixture.ts';
import { INDEX, plain, raw, serve } from './fixture.ts';

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
  ...[
    '/%252e%252e/x',
    '/..%5c..%5cetc%5cpasswd',
    '/sub/%2e%2e/.lock',
    '/%2fetc/passwd',
    '/%c0%ae/x',
  ],
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
  await once(idle, 'connect');
  const response = await fetch(`${server.url}/large.tgz`);
  const closed = server.close();
  await expect(fetch(server.url)).rejects.toThrow();
  expect((await response.arrayBuffer()).byteLength).toBe(8 * 1024 * 1024);
  await closed;
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

test('while the index is replaced every download is one of its states, whole', async () => {
  const { folder, server } = await serve();
  const states = ['a', 'b'].map((letter, index) => letter.repeat(400_000 + index * 77_777));
  const digests = new Set(
    states.map((text) => `"${createHash('sha256').update(text).digest('hex')}"`),
  );
  const replace = (text = '') => {
    writeFileSync(join(folder, '.next'), text);
    renameSync(join(folder, '.next'), join(folder, 'index.yaml'));
  };
  const seen = new Set<string | null>();
  const download = async (number: number) => {
    const response = await fetch(`${server.url}/index.yaml`, { headers: plain });
    replace(states[number % 2]);
    const text = await response.text();
    expect(states.includes(text)).toBe(true);
    const etag = response.headers.get('etag');
    expect(etag).toBe(`"${createHash('sha256').update(text).digest('hex')}"`);
    seen.add(etag);
  };
  replace(states[0]);
  for (let round = 0; round < 4; round += 1) {
    await Promise.all(Array.from({ length: 50 }, (_, number) => download(number)));
    replace(states[round % 2]);
  }
  expect(seen).toEqual(digests);
});

test('a file that becomes shorter while it is sent does not look whole', async () => {
  const { folder, server } = await serve();
  const file = join(folder, 'large.tgz');
  writeFileSync(file, Buffer.alloc(64 * 1024 * 1024));
  const response = await fetch(`${server.url}/large.tgz`);
  truncateSync(file, 1024);
  await expect(response.arrayBuffer()).rejects.toThrow();
  expect((await fetch(`${server.url}/index.yaml`)).status).toBe(200);
});

test('it listens on the address it is given', async () => {
  const { server } = await serve({ host: '::1' });
  expect(server.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
  expect((await fetch(`${server.url}/index.yaml`)).status).toBe(200);
  await expect(serve({ host: '192.0.2.1' })).rejects.toMatchObject({ code: 'USAGE' });
});

test('a pipe in the folder is no file, and holds nobody up', async () => {
  const { folder, server } = await serve();
  expect(spawnSync('mkfifo', [join(folder, 'pipe.tgz')]).status).toBe(0);
  expect((await fetch(`${server.url}/pipe.tgz`)).status).toBe(404);
});
