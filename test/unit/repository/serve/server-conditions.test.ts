import { createHash } from 'node:crypto';
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { write } from '../../fileset/fixture.ts';
import { ARCHIVE, INDEX, plain, raw, serve } from './fixture.ts';

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
