import http from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { download } from '../../../generator/src/network/download.ts';
import { statusOf } from '../../../generator/src/network/failure.ts';
import { failureOf, listen } from './server.ts';

const LIMIT = { maxBytes: 1000 };

test('brings the bytes as they are sent, compressed or not', async () => {
  const body = gzipSync('some text');
  const { url, requests } = await listen((_, response) => {
    response.setHeader('content-encoding', 'gzip').end(body);
  });
  const { bytes, url: final } = await download(url, LIMIT);
  expect(Buffer.from(bytes)).toEqual(body);
  expect(final.href).toBe(url.href);
  expect(requests[0]?.headers['accept-encoding']).toBeUndefined();
});

test('sends a login to the origin of the URL, and the types that are wanted', async () => {
  const { url, requests } = await listen((_, response) => response.end());
  const credentials = { username: 'me', password: 'pass:word' };
  await download(url, { ...LIMIT, credentials, accept: 'application/gzip' });
  expect(requests[0]?.headers).toMatchObject({
    authorization: `Basic ${Buffer.from('me:pass:word').toString('base64')}`,
    accept: 'application/gzip',
  });
});

test('keeps the login on a redirect within the origin, and drops it for good on one elsewhere', async () => {
  const back = { location: '' };
  const other = await listen((_, response) => response.writeHead(302, back).end());
  const { url, requests } = await listen(({ url: path }, response) => {
    if (path === '/end') response.end('here');
    else if (path === '/') response.writeHead(301, { location: '/near' }).end();
    else response.writeHead(307, { location: other.url.href }).end();
  });
  back.location = new URL('/end', url).href;
  const credentials = { username: 'me', password: 'secret' };
  const { bytes, url: final } = await download(url, { ...LIMIT, credentials });
  expect(Buffer.from(bytes).toString()).toBe('here');
  expect(final.pathname).toBe('/end');
  const logins = [...requests, ...other.requests].map(({ headers }) => headers.authorization);
  expect(logins.map((login) => login !== undefined)).toEqual([true, true, false, false]);
});

test.each([
  ['/again', 'redirects again and again'],
  ['http://[', 'redirects to what is no URL'],
  ['http://example.com/', 'redirects to where nothing is fetched from'],
  ['ftp://localhost/', 'redirects to where nothing is fetched from'],
  ['http://me:secret@localhost/', 'redirects to where nothing is fetched from'],
])('refuses a redirect to %s', async (location, message) => {
  const { url, requests } = await listen((_, response) =>
    response.writeHead(302, { location }).end(),
  );
  const error = await failureOf(download(url, LIMIT));
  expect(error).toMatchObject({ code: 'NETWORK' });
  expect(error.message).toContain(message);
  expect(error.message).not.toContain('secret');
  expect(statusOf(error)).toBe(302);
  expect(requests.length).toBe(location === '/again' ? 11 : 1);
});

test.each([
  [404, 'Check the URL.'],
  [401, 'Check that the login may read it.'],
  [206, 'Check the URL.'],
  [304, 'Check the URL.'],
])('fails at once on status %i, and says what to do', async (status, next) => {
  const { url, requests } = await listen((_, response) => response.writeHead(status).end());
  const error = await failureOf(download(url, LIMIT));
  expect(error).toMatchObject({ code: 'NETWORK', next });
  expect(error.message).toMatch(`${url.href} is answered with ${status}`);
  expect(statusOf(error)).toBe(status);
  expect(requests).toHaveLength(1);
});

test('keeps no connection in use, which would keep the process alive', async () => {
  const { url } = await listen(({ url: path }, response) => {
    response.writeHead(path === '/' ? 200 : 404).end(path === '/page' ? 'x'.repeat(100_000) : '');
  });
  await download(url, LIMIT);
  for (const path of ['none', 'page']) await failureOf(download(new URL(path, url), LIMIT));
  await expect.poll(() => Object.keys(http.globalAgent.sockets).join()).not.toContain(url.port);
});

test('tries again what fails in passing, and says so', async () => {
  const said: string[] = [];
  const { url, requests } = await listen((_, response) => {
    if (requests.length === 1) response.writeHead(500).end();
    else if (requests.length === 2) response.destroy();
    else if (requests.length === 3)
      response.writeHead(200, { 'content-length': 9 }).write('half', () => response.destroy());
    else response.end('all of it');
  });
  const { bytes } = await download(url, { ...LIMIT, progress: (message) => said.push(message) });
  expect(Buffer.from(bytes).toString()).toBe('all of it');
  expect(said).toHaveLength(3);
  expect(said[0]).toMatch(/answered with 500 Internal Server Error: again in \d\.\d s$/);
});

test('gives up after four attempts', async () => {
  const { url, requests } = await listen((_, response) => response.writeHead(503).end());
  const error = await failureOf(download(url, LIMIT));
  expect(error).toMatchObject({ code: 'NETWORK' });
  expect(statusOf(error)).toBe(503);
  expect(requests).toHaveLength(4);
});

test('waits as long as the server asks for', async () => {
  const times: number[] = [];
  const { url } = await listen((_, response) => {
    times.push(performance.now());
    if (times.length === 1) response.writeHead(429, { 'retry-after': '1' }).end();
    else response.end();
  });
  await download(url, LIMIT);
  const [first = 0, second = 0] = times;
  // A timer may be a moment early by another clock.
  expect(second - first).toBeGreaterThan(990);
});

test('does not wait longer than a minute', async () => {
  const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();
  const { url, requests } = await listen((_, response) =>
    response.writeHead(429, { 'retry-after': inAnHour }).end(),
  );
  expect(statusOf(await failureOf(download(url, LIMIT)))).toBe(429);
  expect(requests).toHaveLength(1);
});

test.each([true, false])('refuses what is too large, announced: %s', async (announced) => {
  const { url, requests } = await listen((_, response) => {
    if (announced) response.setHeader('content-length', 1001);
    response.write(Buffer.alloc(600), () => response.end(Buffer.alloc(401)));
  });
  const error = await failureOf(download(url, LIMIT));
  expect(error.message).toBe(`${url.href} is larger than 1000 bytes`);
  expect(requests).toHaveLength(1);
  expect((await download(url, { maxBytes: 1001 })).bytes).toHaveLength(1001);
});

test('bears a body that takes longer as a whole than a pause may', async () => {
  const { url } = await listen((_, response) => {
    let sent = 0;
    const timer = setInterval(() => {
      response.write('x');
      sent += 1;
      if (sent < 22) return;
      clearInterval(timer);
      response.end();
    }, 100);
  });
  const { bytes } = await download(url, { ...LIMIT, idleTimeout: 2000 });
  expect(bytes).toHaveLength(22);
});

test('bears no body that stops', async () => {
  const { url } = await listen((_, response) => response.write('x'));
  const error = await failureOf(download(url, { ...LIMIT, idleTimeout: 200 }));
  expect(error.message).toContain('nothing came for 0.2 s');
  expect(statusOf(error)).toBeUndefined();
});

test('says that nobody listens, without trying again', async () => {
  const error = await failureOf(download(new URL('http://127.0.0.1:1/a?token=secret'), LIMIT));
  expect(error).toMatchObject({
    code: 'NETWORK',
    next: 'Check the name of the server and the connection to it.',
  });
  expect(error.message).toMatch(/^http:\/\/127\.0\.0\.1:1\/a\?… cannot be fetched: .*ECONNREFUSED/);
});

test.each([
  [
    'http://example.com/index.yaml',
    'http://example.com/index.yaml is not on this machine: it takes TLS',
  ],
  ['ftp://example.com/a', 'ftp://example.com is no http or https URL'],
  ['file:///etc/passwd', 'file:// is no http or https URL'],
  [
    'https://me:secret@example.com/a',
    'the URL https://example.com/a has a login in it, which reports would show',
  ],
])('refuses %s', async (url, message) => {
  expect(await failureOf(download(new URL(url), LIMIT))).toMatchObject({ code: 'USAGE', message });
});
