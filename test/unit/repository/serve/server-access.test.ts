import { describe, expect, test } from 'vitest';
import {
  type Access,
  formatAccess,
} from '../../../../generator/src/repository/serve/access-log.ts';
import { raw, serve } from './fixture.ts';

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
  await raw(server, `GET /"\u001b[31m HTTP/1.1\r\nAuthorization: ${wrong}`);
  for (const [number, request] of [
    `GET /demo-1.0.0+1.tgz?token=secret-3 HTTP/1.1\r\nAuthorization: ${authorization}`,
    `HEAD /index.yaml HTTP/1.1\r\nAuthorization: ${authorization}`,
    `GET /%22 HTTP/1.0\r\nAuthorization: ${wrong}`,
  ].entries()) {
    await raw(server, request);
    // It is logged when its connection is done, which the client may learn first.
    await expect.poll(() => log.length).toBe(number + 1);
  }
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
