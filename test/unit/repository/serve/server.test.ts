import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { renameSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  type Access,
  formatAccess,
} from '../../../../generator/src/repository/serve/access-log.ts';
import {
  type RunningServer,
  type ServerOptions,
  startServer,
} from '../../../../generator/src/repository/serve/server.ts';
import { temporaryFolder, write } from '../../fileset/fixture.ts';

const INDEX = `apiVersion: v1\nentries: {}\n${'# much of the same\n'.repeat(200)}`;
const ARCHIVE = Buffer.from(Array.from({ length: 5000 }, (_, i) => i % 7));

async function serve(
  options: ServerOptions = {},
): Promise<{ folder: string; server: RunningServer }> {
  const folder = temporaryFolder();
  write(join(folder, 'index.yaml'), INDEX);
  writeFileSync(join(folder, 'demo-1.0.0+1.tgz'), ARCHIVE);
  write(join(folder, 'demo-1.0.0+1.tgz.prov'), 'signed');
  write(join(folder, 'sub', 'other.txt'), 'text');
  write(join(folder, '.lock'), 'secret');
  write(join(folder, '.git', 'config'), 'secret');
  const server = await startServer(folder, { port: 0, ...options });
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
  const first = await fetch(`${server.url}/index.yaml`, { headers: plain });
  const etag = first.headers.get('etag') ?? '';
  const get = (tag: string) => raw(server, `GET /index.yaml HTTP/1.1\r\nIf-None-Match: ${tag}`);
  expect(await get(etag)).toMatch(/^HTTP\/1.1 304 [^]*\r\n\r\n$/);
  expect(await get('"other"')).toMatch(/^HTTP\/1.1 200 /);
});

test('clients that ask get the index compressed, under an ETag of its own', async () => {
  const { server } = await serve();
  const headers = { 'accept-encoding': 'gzip' };
  const answer = await raw(server, 'GET /index.yaml HTTP/1.0\r\nAccept-Encoding: gzip');
  expect(answer).toMatch(/Content-Encoding: gzip/);
  expect(answer).toMatch(/ETag: "[0-9a-f]{64}-gzip"/);
  expect(answer).toMatch(/Vary: Accept-Encoding/);
  const body = Buffer.from(answer.slice(answer.indexOf('\r\n\r\n') + 4), 'latin1');
  expect(gunzipSync(body).toString()).toBe(INDEX);
  expect(await (await fetch(`${server.url}/index.yaml`, { headers })).text()).toBe(INDEX);
});

test('the index is compressed anew when it is another', async () => {
  const { folder, server } = await serve();
  const get = async () => {
    const response = await fetch(`${server.url}/index.yaml`, {
      headers: { 'accept-encoding': 'gzip' },
    });
    return [response.headers.get('content-encoding'), await response.text()];
  };
  expect(await Promise.all([get(), get()])).toEqual([
    ['gzip', INDEX],
    ['gzip', INDEX],
  ]);
  for (let round = 0; round < 6; round += 1) {
    write(join(folder, 'index.yaml'), `# ${round}\n${INDEX}`);
    expect(await get()).toEqual(['gzip', `# ${round}\n${INDEX}`]);
  }
});

test('clients that refuse gzip do not get it', async () => {
  const { server } = await serve();
  const answer = await raw(server, 'GET /index.yaml HTTP/1.1\r\nAccept-Encoding: gzip;q=0, br');
  expect(answer).not.toMatch(/Content-Encoding/);
});

test.each([
  ['archives', '/demo-1.0.0+1.tgz', { 'accept-encoding': 'gzip' }],
  ['parts of files', '/index.yaml', { 'accept-encoding': 'gzip', range: 'bytes=0-1999' }],
  ['files for clients that do not ask', '/index.yaml', plain],
])('%s are not compressed', async (_, path, headers) => {
  const { server } = await serve();
  const response = await fetch(server.url + path, { headers });
  expect(response.headers.get('content-encoding')).toBeNull();
  expect(response.headers.get('etag')).toMatch(/^"[0-9a-f]{64}"$/);
});

test('parts of files are served', async () => {
  const { server } = await serve();
  const get = (range: string) => fetch(`${server.url}/demo-1.0.0+1.tgz`, { headers: { range } });
  const part = await get('bytes=10-19');
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 10-19/5000']);
  expect(Buffer.from(await part.arrayBuffer())).toEqual(ARCHIVE.subarray(10, 20));
  expect(Buffer.from(await (await get('bytes=-5')).arrayBuffer())).toEqual(ARCHIVE.subarray(-5));
  const none = await get('bytes=9999-');
  expect([none.status, none.headers.get('content-range')]).toEqual([416, 'bytes */5000']);
});

test.each(['bytes=0-1,4000-4001', 'lines=1-2', 'bytes', 'bytes=b-a'])(
  'the whole file is served for the range %s',
  async (range) => {
    const { server } = await serve();
    const response = await fetch(`${server.url}/demo-1.0.0+1.tgz`, { headers: { range } });
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(ARCHIVE);
  },
);

test('a part is served only of the file that the client has the rest of', async () => {
  const { server } = await serve();
  const url = `${server.url}/demo-1.0.0+1.tgz`;
  const whole = await fetch(url);
  const status = async (ifRange: string | null) =>
    (await fetch(url, { headers: { range: 'bytes=0-9', 'if-range': ifRange ?? '' } })).status;
  expect(await status(whole.headers.get('etag'))).toBe(206);
  expect(await status(whole.headers.get('last-modified'))).toBe(206);
  expect(await status('"other"')).toBe(200);
  expect(await status('Thu, 01 Jan 2026 00:00:00 GMT')).toBe(200);
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

test('conditions of a request', async () => {
  const { folder, server } = await serve();
  const date = new Date('2026-03-01T00:00:00Z');
  utimesSync(join(folder, 'demo-1.0.0+1.tgz'), date, date);
  const url = `${server.url}/demo-1.0.0+1.tgz`;
  const etag = (await fetch(url)).headers.get('etag') ?? '';
  const status = async (headers: Record<string, string>) => (await fetch(url, { headers })).status;
  const same = date.toUTCString();
  const before = new Date(date.getTime() - 1000).toUTCString();
  expect(await status({ 'if-none-match': `"a", W/${etag}, "b"` })).toBe(304);
  expect(await status({ 'if-none-match': '*' })).toBe(304);
  expect(await status({ 'if-modified-since': same })).toBe(304);
  expect(await status({ 'if-modified-since': before })).toBe(200);
  expect(await status({ 'if-none-match': '"a"', 'if-modified-since': same })).toBe(200);
  expect(await status({ 'if-match': `"a", ${etag}` })).toBe(200);
  expect(await status({ 'if-match': '"a"' })).toBe(412);
  expect(await status({ 'if-unmodified-since': before })).toBe(412);
  expect(await status({ 'if-unmodified-since': same })).toBe(200);
});

describe('with a user name and a password', () => {
  const credentials = { username: 'jo', password: 'pä ss:wörd' };
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

  test('nobody else reads, or learns what is there', async () => {
    const { server } = await serve({ credentials });
    const status = async (authorization: string | undefined, path = 'index.yaml') =>
      (
        await fetch(`${server.url}/${path}`, {
          headers: authorization === undefined ? {} : { authorization },
        })
      ).status;
    expect(await status(basic('jo:pä ss:wörd'))).toBe(200);
    expect(await status(basic('jo:pä ss:wörd').replace('Basic', 'bASIC'))).toBe(200);
    for (const wrong of ['jo:', 'jo:pä ss', 'jo:pä ss:wörd ', 'Jo:pä ss:wörd', ':', 'jo'])
      expect(await status(basic(wrong)), wrong).toBe(401);
    for (const wrong of [undefined, 'Basic', 'Basic !', `Bearer ${basic('jo:pä ss:wörd')}`])
      expect(await status(wrong), wrong).toBe(401);
    expect(await status(undefined, 'nothing.tgz')).toBe(401);
    const answer = await fetch(`${server.url}/index.yaml`, { method: 'DELETE' });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
      401,
      'Basic realm="charts", charset="UTF-8"',
    ]);
  });

  test.each([
    [{ username: '', password: 'x' }, /user name/],
    [{ username: 'a:b', password: 'x' }, /user name/],
    [{ username: 'a', password: '' }, /password/],
    [{ username: 'a', password: 'x\ny' }, /password/],
  ])('%j are refused', async (unusable, message) => {
    await expect(serve({ credentials: unusable })).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringMatching(message) as unknown,
    });
  });
});

test('each request is logged, without credentials and queries', async () => {
  const log: Access[] = [];
  const credentials = { username: 'jo', password: 'secret-1' };
  const { server } = await serve({ credentials, log: (access) => log.push(access) });
  const authorization = `Basic ${Buffer.from('jo:secret-1').toString('base64')}`;
  const wrong = `Basic ${Buffer.from('secret-2:x').toString('base64')}`;
  await raw(
    server,
    `GET /demo-1.0.0+1.tgz?token=secret-3 HTTP/1.1\r\nAuthorization: ${authorization}`,
  );
  await raw(server, `HEAD /index.yaml HTTP/1.1\r\nAuthorization: ${authorization}`);
  await raw(server, `GET /"\u001b[31m HTTP/1.1\r\nAuthorization: ${wrong}`);
  await raw(server, `GET /%22 HTTP/1.0\r\nAuthorization: ${wrong}`);
  await expect.poll(() => log.length).toBe(3);
  const lines = log.map((access) =>
    formatAccess({ ...access, time: new Date('2026-03-01T04:05:06Z') }),
  );
  expect(lines).toEqual([
    '127.0.0.1 - jo [01/Mar/2026:04:05:06 +0000] "GET /demo-1.0.0+1.tgz HTTP/1.1" 200 5000',
    '127.0.0.1 - jo [01/Mar/2026:04:05:06 +0000] "HEAD /index.yaml HTTP/1.1" 200 0',
    '127.0.0.1 - - [01/Mar/2026:04:05:06 +0000] "GET /%22 HTTP/1.0" 401 38',
  ]);
  expect(JSON.stringify(log)).not.toContain('secret');
});

test('what could forge a line of the log is escaped', () => {
  const access: Access = {
    ...{ time: new Date(0), remote: '::1', user: 'a "b"\n', method: 'GET', path: '/"\r\né\\' },
    ...{ protocol: 'HTTP/1.1', status: 404, bytes: 10, milliseconds: 1 },
  };
  expect(formatAccess(access)).toBe(
    String.raw`::1 - a\x20\x22b\x22\x0a [01/Jan/1970:00:00:00 +0000] "GET /\x22\x0d\x0a\xe9\x5c HTTP/1.1" 404 10`,
  );
});

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
