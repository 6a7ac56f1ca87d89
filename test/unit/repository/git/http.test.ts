import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { GitStore } from '../../../../generator/src/repository/git/git-store.ts';
import type { PublishPlan } from '../../../../generator/src/repository/store.ts';
import { archiveOf } from '../../archive/fixture.ts';
import { temporaryFolder } from '../../fileset/fixture.ts';
import {
  bareRemote,
  environmentOf,
  git,
  publishedOn,
  pushFiles,
  tipOf,
  withProgram,
} from './fixture.ts';
import { type Answer, serve } from './http-remote.ts';

const TOKEN = 'ghs_0123456789abcdef';
const LOGIN = `Basic ${Buffer.from(`x-access-token:${TOKEN}`).toString('base64')}`;

const everybody: Answer = () => false;

/** Lets in who has a login. */
function onlyWith(login: string): Answer {
  return (_, request, response) => {
    if (request.headers.authorization === login) return false;
    response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
    return true;
  };
}

async function publish(
  target: string,
  environment: Record<string, string>,
  messages: string[] = [],
): Promise<PublishPlan> {
  const store = new GitStore(target, { environment });
  return store.publish([await archiveOf()], (message) => messages.push(message));
}

/** What a promise is rejected with, as a debugger shows it: its cause and all. */
async function rejectionOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return inspect(error, { depth: 10, showHidden: true });
}

test('the token of GitHub is used on its server, and nobody sees it', async () => {
  const repository = bareRemote();
  pushFiles(repository, { 'page.html': '<p>\n' });
  const { origin, target, requests } = await serve(repository, onlyWith(LOGIN));
  const log = join(temporaryFolder(), 'log');
  const path = process.env.PATH ?? '';
  const environment = withProgram(
    { ...environmentOf(), GITHUB_TOKEN: TOKEN, GITHUB_SERVER_URL: origin },
    'git',
    `PATH=${path}; echo "$@" >> ${log}; git "$@"; status=$?; cat "$GIT_DIR/config" >> ${log} 2> /dev/null; exit $status`,
  );
  const messages: string[] = [];
  await publish(target, environment, messages);
  expect(publishedOn(repository)).toEqual(['demo 1.0.0']);
  expect(requests.length).toBeGreaterThan(5);
  const said = messages.join('\n') + readFileSync(log, 'utf8');
  expect(said).toContain('push --quiet');
  expect(said).toContain('[remote "origin"]');
  expect(said).not.toContain(TOKEN);
  expect(said).not.toContain(LOGIN.slice('Basic '.length));
});

test('a token that is refused is in no message', async () => {
  const repository = bareRemote();
  const { origin, target } = await serve(repository, onlyWith('another'));
  const environment = {
    ...environmentOf(),
    GITHUB_TOKEN: TOKEN,
    GITHUB_SERVER_URL: origin,
    GIT_TRACE_CURL: '1',
    GIT_TRACE_REDACT: '0',
    GIT_CURL_VERBOSE: '1',
  };
  const error = await rejectionOf(publish(target, environment));
  expect(error).toContain("code: 'DENIED'");
  expect(error).toContain('GITHUB_TOKEN with `contents: write`');
  expect(error).not.toContain(TOKEN);
  expect(error).not.toContain(LOGIN.slice('Basic '.length));
});

test('no other server gets the token of GitHub', async () => {
  const repository = bareRemote();
  const { target, requests } = await serve(repository, onlyWith(LOGIN));
  for (const more of [{}, { GITHUB_SERVER_URL: 'https://github.example.com' }]) {
    const environment = { ...environmentOf(), ...more, GITHUB_TOKEN: TOKEN };
    await expect(publish(target, environment)).rejects.toMatchObject({ code: 'DENIED' });
  }
  expect(requests.map(({ authorization }) => authorization)).toEqual([undefined, undefined]);
});

test('the token does not go along to where a redirect leads', async () => {
  const other = await serve(bareRemote(), everybody);
  const { origin, target } = await serve(bareRemote(), (_, request, response) => {
    response.writeHead(302, { location: `${other.origin}${request.url ?? ''}` }).end();
    return true;
  });
  const environment = { ...environmentOf(), GITHUB_TOKEN: TOKEN, GITHUB_SERVER_URL: origin };
  await expect(publish(target, environment)).rejects.toMatchObject({ code: 'NETWORK' });
  expect(other.requests).toEqual([]);
});

test('a credential helper of the user gives the login', async () => {
  const repository = bareRemote();
  const login = `Basic ${Buffer.from('ada:secret').toString('base64')}`;
  const { target } = await serve(repository, onlyWith(login));
  const helper = '!echo username=ada; echo password=secret; :';
  const environment = environmentOf(`[credential]\nhelper = "${helper}"\n`);
  await publish(target, environment);
  expect(publishedOn(repository)).toEqual(['demo 1.0.0']);
});

test('more than git sends in one piece, with a login', async () => {
  const repository = bareRemote();
  const { origin, target } = await serve(repository, onlyWith(LOGIN));
  const environment = { ...environmentOf(), GITHUB_TOKEN: TOKEN, GITHUB_SERVER_URL: origin };
  const values = `a: ${randomBytes(1_500_000).toString('hex')}\n`;
  const archive = await archiveOf('demo', '1.0.0', values);
  // `http.postBuffer` is a megabyte.
  expect(archive.size).toBeGreaterThan(1_048_576);
  await new GitStore(target, { environment }).publish([archive], () => undefined);
  expect(publishedOn(repository)).toEqual(['demo 1.0.0']);
});

test('secrets that a server says again are in no message', async () => {
  const { origin, target } = await serve(bareRemote(), (_, request, response) => {
    const said = `${request.headers.authorization ?? ''} ${TOKEN} https://ada:s3cret@example.com/a`;
    response.writeHead(403, { 'content-type': 'text/plain' }).end(said);
    return true;
  });
  const environment = { ...environmentOf(), GITHUB_TOKEN: TOKEN, GITHUB_SERVER_URL: origin };
  const error = await rejectionOf(publish(target, environment));
  expect(error).toContain('remote: Basic … … https://…@example.com/a');
  for (const secret of [TOKEN, LOGIN.slice('Basic '.length), 's3cret'])
    expect(error).not.toContain(secret);
});

test('a login that may read only is told what it lacks', async () => {
  const repository = bareRemote();
  const { target, requests } = await serve(repository, (line, _, response) => {
    if (!line.includes('receive-pack')) return false;
    response.writeHead(403).end('Write access to repository not granted.');
    return true;
  });
  await expect(publish(target, environmentOf())).rejects.toMatchObject({
    code: 'DENIED',
    message: `${target.slice('git+'.length)}#gh-pages does not let this login in, or not write`,
    next: expect.stringContaining('contents: write') as string,
  });
  expect(requests.filter(({ line }) => line.includes('receive-pack'))).toHaveLength(1);
  expect(tipOf(repository)).toBe('');
});

/** Does something with the first request that has this in its line. */
function firstOf(part: string, act: (response: ServerResponse) => boolean): Answer {
  let isDone = false;
  return (line, _, response) => {
    if (isDone || !line.includes(part)) return false;
    isDone = true;
    return act(response);
  };
}

const unavailable = (response: ServerResponse) => {
  response.writeHead(503).end();
  return true;
};
/** After a part of an answer: before that, curl would ask again by itself. */
const cutOff = (response: ServerResponse) => {
  response.writeHead(200, { 'content-length': '100' }).write('00', () => response.destroy());
  return true;
};
/** The request is done, the end of its answer is lost. */
const loseAnswer = (response: ServerResponse) => {
  const write = response.write.bind(response);
  response.write = (chunk: Buffer) => write(chunk.subarray(0, 2));
  response.end = () => response.destroy();
  return false;
};

test.each([
  ['the first request is answered with 503', 'GET', unavailable],
  ['a fetch is cut off', 'POST /remote.git/git-upload-pack', cutOff],
  ['a push is cut off', 'POST /remote.git/git-receive-pack', cutOff],
  ['the answer to a push is lost', 'POST /remote.git/git-receive-pack', loseAnswer],
])('it is done again when %s', async (_, part, act) => {
  const repository = bareRemote();
  pushFiles(repository, { 'page.html': '<p>\n' });
  const { target } = await serve(repository, firstOf(part, act));
  const messages: string[] = [];
  const { additions } = await publish(target, environmentOf(), messages);
  expect(messages).toContain('the connection failed: trying again');
  expect(additions).toMatchObject([{ name: 'demo', version: '1.0.0' }]);
  expect(publishedOn(repository)).toEqual(['demo 1.0.0']);
  expect(git(repository, 'rev-list', '--count', 'gh-pages')).toBe('2');
});

test('a server that stays away is given up', async () => {
  const { target, requests } = await serve(bareRemote(), (_, _request, response) =>
    unavailable(response),
  );
  await expect(publish(target, environmentOf())).rejects.toMatchObject({ code: 'NETWORK' });
  expect(requests).toHaveLength(4);
});

test('of a large branch that is fetched which is needed', async () => {
  const repository = bareRemote();
  const large = randomBytes(1_500_000).toString('hex');
  for (const name of ['a', 'b', 'c']) pushFiles(repository, { [`${name}.tgz`]: large + name });
  const { target, sentBytes } = await serve(repository, everybody);
  await publish(target, environmentOf());
  expect(publishedOn(repository)).toEqual(['demo 1.0.0']);
  expect(sentBytes()).toBeLessThan(20_000);
});
