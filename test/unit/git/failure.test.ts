import { expect, test } from 'vitest';
import { GitFailure } from '../../../generator/src/git/failure.ts';

/** What servers and git say, word for word where it counts. */
test.each([
  ['!\ta:refs/heads/b\t[rejected] (fetch first)', 'moved', 'BUSY'],
  ['!\ta:refs/heads/b\t[rejected] (non-fast-forward)', 'moved', 'BUSY'],
  ['!\ta:refs/heads/b\t[remote rejected] (failed to update ref)', 'moved', 'BUSY'],
  ['!\ta:refs/heads/b\t[remote rejected] (incorrect old value provided)', 'moved', 'BUSY'],
  [
    "!\ta:refs/heads/b\t[remote rejected] (cannot lock ref 'refs/heads/b': is at 1 but expected 2)",
    'moved',
    'BUSY',
  ],
  ["fatal: couldn't find remote ref refs/heads/b", 'moved', 'BUSY'],
  [
    'remote: error: GH006: Protected branch update failed for refs/heads/b.\n!\ta:refs/heads/b\t[remote rejected] (protected branch hook declined)',
    undefined,
    'DENIED',
  ],
  [
    'remote: error: GH013: Repository rule violations found for refs/heads/b.\n!\ta:refs/heads/b\t[remote rejected] (push declined due to repository rule violations)',
    undefined,
    'DENIED',
  ],
  [
    "remote: Permission to a/b.git denied to ada.\nfatal: unable to access 'https://github.com/a/b.git/': The requested URL returned error: 403",
    undefined,
    'DENIED',
  ],
  ["fatal: Authentication failed for 'https://example.com/a.git/'", undefined, 'DENIED'],
  [
    "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
    undefined,
    'DENIED',
  ],
  [
    'git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.',
    undefined,
    'DENIED',
  ],
  ['Host key verification failed.\nfatal: Could not read from remote', undefined, 'DENIED'],
  [
    "remote: Repository not found.\nfatal: repository 'https://github.com/a/b.git/' not found",
    undefined,
    'NETWORK',
  ],
  ["fatal: unable to access 'x': Could not resolve host: example.invalid", undefined, 'NETWORK'],
  ['ssh: connect to host x port 22: Connection refused', undefined, 'NETWORK'],
  ["fatal: unable to access 'x': The requested URL returned error: 502", 'passing', 'NETWORK'],
  ['error: RPC failed; curl 56 Recv failure: Connection reset by peer', 'passing', 'NETWORK'],
  ["fatal: unable to access 'x': Operation too slow. Less than 1 byte", 'passing', 'NETWORK'],
  [
    "fatal: unable to access 'x': SSL certificate problem: self-signed certificate",
    undefined,
    'NETWORK',
  ],
  ['fatal: something new', undefined, 'TOOL_FAILED'],
] as const)('%s', (output, retry, code) => {
  const failure = new GitFailure('push', output);
  expect(failure.retry).toBe(retry);
  const error = failure.toUserError('https://example.com/a.git#b');
  expect(error).toMatchObject({
    code,
    message: expect.stringMatching('^https://example.com/a.git#b [a-z]') as string,
    problems: output.split('\n').map((message) => ({ message })),
  });
});

test('only the end of a long output is passed on', () => {
  const { problems } = new GitFailure('push', `${'x\n'.repeat(100_000)}the end`).toUserError('a');
  expect(problems.at(-1)).toEqual({ message: 'the end' });
  expect(problems.length).toBeLessThan(1100);
});

test('a certificate that nobody vouches for is told as that', () => {
  for (const reason of [
    'SSL certificate problem: unable to get local issuer certificate',
    'server certificate verification failed. CAfile: none CRLfile: none',
  ])
    expect(
      new GitFailure('fetch', `fatal: unable to access 'x': ${reason}`).toUserError('x').next,
    ).toContain('http.sslCAInfo');
});
