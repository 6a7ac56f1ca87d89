import type { IncomingMessage, RequestListener } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { beforeEach, expect, test } from 'vitest';
import { silent } from '../../../generator/src/progress.ts';
import { createBlob } from '../../../generator/src/registry/artifact.ts';
import { Authentication } from '../../../generator/src/registry/authentication.ts';
import { writeBlob } from '../../../generator/src/registry/blobs.ts';
import { RegistryClient, type RegistryOptions } from '../../../generator/src/registry/client.ts';
import type { Login } from '../../../generator/src/registry/login.ts';
import { readManifest } from '../../../generator/src/registry/manifests.ts';
import { listenBefore, startRegistry } from '../../support/registry.ts';
import { useTools } from '../../support/tools.ts';
import { failureOf, listen } from '../network/server.ts';

useTools('registry');

let registry: string;
beforeEach(async () => {
  registry = await startRegistry();
});

const credentials = { username: 'me', password: 'pass:word' };
const BASIC = `Basic ${Buffer.from('me:pass:word').toString('base64')}`;
const BLOB = createBlob('text/plain', Buffer.from('content'));
const context = { actions: 'pull,push', progress: silent } as const;

/** A client of a proxy that lets only those through who send one of these headers. */
async function guarded(
  challenge: string,
  isAllowed: (authorization: string | undefined, path: string) => boolean,
  options: RegistryOptions = { credentials },
) {
  const server = await listenBefore(registry, ({ headers, url = '' }, response, forward) => {
    if (isAllowed(headers.authorization, url)) return forward();
    response.writeHead(401, { 'www-authenticate': challenge });
    return response.end('{"errors":[{"code":"UNAUTHORIZED","message":"who are you?"}]}');
  });
  return { ...server, client: new RegistryClient(server.url.host, options, context) };
}

/** Gives a new token each time; what it was asked. */
async function giveTokens(answer?: RequestListener) {
  const asked: { url: URL; request: IncomingMessage; body: string }[] = [];
  const server = await listen((request, response) => {
    void (async () => {
      const body = (await buffer(request)).toString();
      asked.push({ url: new URL(request.url ?? '', 'http://x'), request, body });
      if (answer) answer(request, response);
      else response.end(JSON.stringify({ token: `token-${asked.length}` }));
    })();
  });
  const realm = `${server.url.href}token`;
  return { asked, challenge: `Bearer realm="${realm}",service="reg",scope="repository:a/b:pull"` };
}

test('sends a login once it is asked for one, and keeps to it', async () => {
  const { client, requests } = await guarded('Basic realm="x"', (header) => header === BASIC);
  await writeBlob(client, 'a/b', BLOB);
  const sent = requests.map(({ method, headers }) => [method, headers.authorization]);
  expect(sent).toEqual([
    ['GET', undefined],
    ...['GET', 'POST', 'PUT', 'GET'].map((method) => [method, BASIC]),
  ]);
});

test('many requests for one repository get one token, with all rights that are wanted', async () => {
  const { asked, challenge } = await giveTokens();
  const { client } = await guarded(challenge, (header) => header === 'Bearer token-1');
  await Promise.all(Array.from({ length: 8 }, (_, i) => readManifest(client, 'a/b', `1.0.${i}`)));
  expect(asked).toHaveLength(1);
  const [{ url, request }] = asked as [(typeof asked)[number]];
  expect(request.headers.authorization).toBe(BASIC);
  expect(url.searchParams.get('service')).toBe('reg');
  expect(url.searchParams.getAll('scope')).toEqual([
    'repository:a/b:pull,push',
    'repository:a/b:pull',
  ]);
});

test('gets another token when one is no longer good', async () => {
  const { asked, challenge } = await giveTokens();
  const { client } = await guarded(challenge, (header) => header === `Bearer token-${good}`);
  let good = 1;
  expect(await readManifest(client, 'a/b', 'one')).toBeUndefined();
  good = 2;
  expect(await readManifest(client, 'a/b', 'two')).toBeUndefined();
  expect(asked).toHaveLength(2);
});

/** The header that a login becomes. */
function headerOf(login: Login | undefined, challenge: string): Promise<string | undefined> {
  const findLogin = () => Promise.resolve(login);
  const authentication = new Authentication({ findLogin, actions: 'pull', agent: undefined });
  return authentication.answer(new URL('http://localhost'), 'a/b', challenge, undefined);
}

test('an identity token gets tokens by OAuth, a registry token is sent as it is', async () => {
  const { asked, challenge } = await giveTokens();
  expect(await headerOf({ identityToken: 'identity' }, challenge)).toBe('Bearer token-1');
  expect(asked[0]?.request.method).toBe('POST');
  expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toMatchObject({
    grant_type: 'refresh_token',
    refresh_token: 'identity',
    service: 'reg',
    scope: 'repository:a/b:pull',
  });
  expect(await headerOf({ registryToken: 'ready' }, challenge)).toBe('Bearer ready');
  expect(asked).toHaveLength(1);
});

test('without a login asks for a token for everybody', async () => {
  const { asked, challenge } = await giveTokens();
  expect(await headerOf(undefined, challenge)).toBe('Bearer token-1');
  expect(asked[0]?.request.headers.authorization).toBeUndefined();
  expect(await headerOf(undefined, 'Basic realm="x"')).toBeUndefined();
});

test.each(['ftp://localhost/token', 'no URL', '', 'http://me:secret@localhost/'])(
  'gets no token from %j',
  async (realm) => {
    const error = await failureOf(headerOf(credentials, `Bearer realm="${realm}"`));
    expect(error).toMatchObject({ code: 'NETWORK' });
    expect(error.message).toContain('no safe address');
  },
);

test('takes a password from https nowhere but to https', async () => {
  const findLogin = () => Promise.resolve(credentials);
  const authentication = new Authentication({ findLogin, actions: 'pull', agent: undefined });
  const { asked, challenge } = await giveTokens();
  const answer = authentication.answer(new URL('https://localhost'), 'a/b', challenge, undefined);
  expect((await failureOf(answer)).message).toContain('no safe address');
  expect(asked).toEqual([]);
});

test.each(['{}', '{"token":7}', String.raw`{"token":"a\r\nx: y"}`, 'text'])(
  'takes no token from %s',
  async (body) => {
    const { challenge } = await giveTokens((_, response) => response.end(body));
    const error = await failureOf(headerOf(credentials, challenge));
    expect(error.message).toMatch(/gave no token for localhost$/);
  },
);

test('a wrong login is named with what it may not do, and never shown', async () => {
  const { client } = await guarded('Basic realm="x"', () => false);
  const error = await failureOf(writeBlob(client, 'a/b', BLOB));
  expect(error).toMatchObject({ code: 'DENIED' });
  expect(error.message).toMatch(/^127\.0\.0\.1:\d+ refuses to push to a\/b: 401/);
  expect(error.next).toMatch(/Log in as a user who may push to a\/b: helm registry login 127/);
  expect(`${JSON.stringify(error)}${error.stack}`).not.toMatch(/pass:word|bWU6cGFzczp3b3Jk/);
});

test('a refused login of a token server is told in the same way', async () => {
  const { challenge } = await giveTokens((_, response) => response.writeHead(401).end());
  const { client } = await guarded(challenge, () => false);
  const error = await failureOf(readManifest(client, 'a/b', '1'));
  expect(error).toMatchObject({ code: 'DENIED' });
  expect(error.message).toMatch(/^no token for 127.*\/token\?… is answered with 401/);
  expect(error.next).toContain('helm registry login 127.0.0.1:');
});
