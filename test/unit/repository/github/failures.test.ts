import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { sha256 } from '../../../../generator/src/files/digest.ts';
import { GitHubStore } from '../../../../generator/src/repository/github/github-store.ts';
import { archiveOf } from '../../archive/fixture.ts';
import type { Answer } from '../git/http-remote.ts';
import { FakeGitHub, TOKEN } from './fake.ts';

const RELEASES = 'POST /api/repos/ada/charts/releases';

type Act = (response: ServerResponse, fake: FakeGitHub) => boolean;

function json(status: number, body: unknown, headers: Record<string, string> = {}): Act {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
    return true;
  };
}

/** Publishes a chart while something happens at the first requests whose line fits. */
async function publishWhile(pattern: RegExp, act: Act, times = 1) {
  let count = 0;
  const intercept: Answer = (line, _, response) => {
    if (!pattern.test(line) || count === times) return false;
    count += 1;
    return act(response, fake);
  };
  const fake: FakeGitHub = new FakeGitHub({ intercept });
  const environment = await fake.listen();
  const messages: string[] = [];
  const archive = await archiveOf();
  const error: unknown = await new GitHubStore('github:ada/charts', { environment })
    .publish([archive], (message) => messages.push(message))
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  return { fake, archive, error, messages, count: () => count };
}

const limited = { message: 'You have exceeded a secondary rate limit.' };
const cutOff: Act = (response) => {
  response.destroy();
  return true;
};
const asset = (fake: FakeGitHub, bytes: string, state: 'uploaded' | 'starter') => {
  const name = 'demo-1.0.0.tgz';
  fake.release(1)?.assets.push({ id: fake.nextId(), name, bytes: Buffer.from(bytes), state });
};
/** A gateway fails, and part of the file is there. */
const failInUpload: Act = (response, fake) => {
  asset(fake, 'x', 'starter');
  return json(502, {})(response, fake);
};
/** All seems well, and part of the file is there. */
const truncate: Act = (response, fake) => {
  asset(fake, 'x', 'uploaded');
  return json(201, { id: 7 })(response, fake);
};
/** It is done, and the answer does not come. */
const loseAnswer: Act = (response) => {
  response.end = () => response.destroy();
  return false;
};

const PASSING: [string, RegExp, Act, number?][] = [
  ['a page fails', /releases\?/, json(503, {})],
  ['a secondary limit is met', /^POST .*releases$/, json(403, limited, { 'retry-after': '1' })],
  ['there are too many requests', /^POST .*releases$/, json(429, limited, { 'retry-after': '1' })],
  ['there are too many requests and nothing is said', /^POST .*releases$/, json(429, {})],
  ['the connection is cut', /^POST .*releases$/, cutOff],
  ['the answer to a new draft is lost', /^POST .*releases$/, loseAnswer],
  ['a draft is not found at first', /^GET .*releases\/\d+\/assets/, json(404, {})],
  ['an upload fails in the middle', /assets\?name=/, failInUpload],
  ['an upload is cut off', /assets\?name=/, cutOff],
  ['the answer to an upload is lost', /assets\?name=/, loseAnswer],
  ['an asset is truncated', /assets\?name=/, truncate],
  ['publishing fails', /^PATCH/, json(500, {})],
  ['the answer to publishing is lost', /^PATCH/, loseAnswer],
  ['the release is not found by its tag at first', /releases\/tags\//, json(404, {}), 2],
];

test('it comes to its end where something fails in passing', async () => {
  // All at once, as each of them waits most of the time.
  const outcomes = await Promise.all(
    PASSING.map(async ([when, pattern, act, times = 1]) => {
      const { fake, error, count } = await publishWhile(pattern, act, times);
      return { when, error, unused: times - count(), state: fake.state() };
    }),
  );
  const { digest } = await archiveOf();
  const assets = [`demo-1.0.0.tgz uploaded ${digest}`];
  for (const { when, error, unused, state } of outcomes) {
    expect(error, when).toBeUndefined();
    expect(unused, when).toBe(0);
    expect(state, when).toMatchObject([{ tag: 'demo-1.0.0', isDraft: false, assets }]);
  }
});

test('waiting for GitHub is told', async () => {
  const { messages } = await publishWhile(
    /^POST .*releases$/,
    json(403, limited, { 'retry-after': '1' }),
  );
  expect(messages).toContain("waiting 1 s: GitHub's limit");
});

test('a limit of an hour is not waited for', async () => {
  const reset = String(Math.ceil(Date.now() / 1000) + 3000);
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
  const body = { message: 'API rate limit exceeded for installation.' };
  const { error, count } = await publishWhile(/releases/, json(403, body, headers), Infinity);
  expect(error).toMatchObject({
    code: 'NETWORK',
    next: expect.stringContaining('Run it again later') as string,
  });
  expect(count()).toBe(1);
});

test.each([
  [401, { message: 'Bad credentials' }, 'Give a GITHUB_TOKEN that GitHub knows'],
  [403, { message: `No, ${TOKEN}` }, '`contents: write` on ada/charts'],
  [404, { message: 'Not Found' }, 'Check that ada/charts is there'],
])('%i says what is missing and is asked once', async (status, body, next) => {
  const { error, count, messages } = await publishWhile(
    new RegExp(`^${RELEASES}$`),
    json(status, body),
    Infinity,
  );
  expect(error).toMatchObject({ code: 'DENIED', next: expect.stringContaining(next) as string });
  expect(count()).toBe(1);
  expect(inspect(error, { depth: 20, showHidden: true }) + messages.join('')).not.toContain(TOKEN);
});

test('a server that stays away is given up', async () => {
  const { error, count } = await publishWhile(/^GET .*releases\?/, json(500, {}), Infinity);
  expect(error).toMatchObject({ code: 'NETWORK' });
  expect(count()).toBe(3);
});

test('a server that is not GitHub is told from it', async () => {
  const { error } = await publishWhile(/releases\?/, json(200, [{ hello: 1 }]), Infinity);
  expect(error).toMatchObject({
    code: 'NETWORK',
    next: expect.stringContaining('GITHUB_API_URL') as string,
  });
});

test('another publisher is first with the same bytes', async () => {
  const bytes = Buffer.from((await archiveOf()).bytes);
  const { fake, error } = await publishWhile(/^PATCH/, (_, there) => {
    const id = there.nextId();
    const assets = [{ id, name: 'demo-1.0.0.tgz', bytes, state: 'uploaded' as const }];
    there.addRelease({ tag: 'demo-1.0.0', body: 'Theirs', assets });
    return false;
  });
  expect(error).toBeUndefined();
  expect(fake.releases.map(({ body, isDraft }) => [body, isDraft])).toEqual([['Theirs', false]]);
});

test('another publisher is first with other bytes', async () => {
  const bytes = Buffer.from('others');
  const { archive, error } = await publishWhile(/^PATCH/, (_, there) => {
    const id = there.nextId();
    const assets = [{ id, name: 'demo-1.0.0.tgz', bytes, state: 'uploaded' as const }];
    there.addRelease({ tag: 'demo-1.0.0', body: 'Theirs', assets });
    return false;
  });
  expect(error).toMatchObject({ code: 'VERSION_EXISTS' });
  for (const digest of [archive.digest, sha256(bytes)])
    expect((error as Error).message).toContain(digest);
});
