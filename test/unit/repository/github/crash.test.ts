import { expect, test } from 'vitest';
import { readIndex } from '../../../../generator/src/repository/index-file/document.ts';
import { bytesOn, filesOn, git, pushFiles, tipOf } from '../git/fixture.ts';
import { FakeGitHub } from './fake.ts';
import { archiveFile, exitOf, killAtEachRequest, publishInChild } from './kill-at-requests.ts';

/** What the index on a branch lists, without where it is listening. */
function listedOn(repository: string, branch: string): unknown {
  const index = bytesOn(repository, 'index.yaml', branch);
  const { document, problems } = readIndex(index, 'index.yaml');
  expect(problems).toEqual([]);
  const entries = [...document.charts.values()].flat();
  return entries.map(({ chart, version, digest, urls: [url = ''] }) => {
    return [chart, version, digest, new URL(url, 'http://localhost').pathname];
  });
}

/** All that people see of a branch, and of the releases. */
function stateOf(fake: FakeGitHub, branch = 'gh-pages'): object {
  return {
    releases: fake.state(),
    files: filesOn(fake.repository, branch),
    commits: git(fake.repository, 'rev-list', '--count', branch),
    listed: listedOn(fake.repository, branch),
  };
}

/** All that people see of the only pull request. */
function proposedState(fake: FakeGitHub): object {
  const [pull] = fake.pulls.all;
  return {
    pulls: fake.pulls.all,
    branches: git(fake.repository, 'for-each-ref', '--format=%(refname)'),
    base: git(fake.repository, 'rev-list', '--count', 'gh-pages'),
    ...stateOf(fake, pull?.head),
  };
}

function isWrite(line: string): boolean {
  return !line.startsWith('GET') && !line.includes('upload-pack');
}

const RELEASE_WRITES = [
  'PATCH /api/repos/ada/charts/releases',
  'POST /ada/charts.git/git-receive-pack',
  'POST /api/repos/ada/charts/releases',
  'POST /uploads/repos/ada/charts/releases',
  'POST /uploads/repos/ada/charts/releases',
];
const PULL_REQUEST = 'POST /api/repos/ada/charts/pulls';

test('killed at any request and run again it ends as if nothing had been', async () => {
  const { expected, lines } = await killAtEachRequest({
    args: ['github:ada/charts', await archiveFile()],
    stateOf,
    // What the index lists is there.
    expectWhole: ({ repository, releases }) => {
      if (tipOf(repository) !== '') expect(releases[0]?.isDraft).toBe(false);
    },
  });
  expect(expected).toMatchObject({ commits: '1', releases: [{ isDraft: false }] });
  expect(lines.filter(isWrite).toSorted()).toEqual(RELEASE_WRITES);
  expect(lines.length).toBeGreaterThan(15);
}, 600_000);

test('killed at any request and run again there is one pull request, after the release', async () => {
  const { expected, lines } = await killAtEachRequest({
    args: ['--pull-request', 'github:ada/charts', await archiveFile()],
    prepare: ({ repository }) => {
      pushFiles(repository, { 'page.html': '<p>\n' });
    },
    stateOf: proposedState,
    expectWhole: ({ pulls, releases }) => {
      if (pulls.all.length > 0) expect(releases[0]?.isDraft).toBe(false);
    },
  });
  expect(expected).toMatchObject({
    base: '1',
    commits: '2',
    pulls: [{ base: 'gh-pages', state: 'open' }],
    releases: [{ isDraft: false }],
  });
  expect(lines.filter(isWrite).toSorted()).toEqual([...RELEASE_WRITES, PULL_REQUEST].toSorted());
}, 600_000);

test('killed at any request and run again there is one pull request with the archives', async () => {
  const { expected, lines } = await killAtEachRequest({
    args: ['--pull-request', 'git+ORIGIN/ada/charts.git', await archiveFile()],
    prepare: ({ repository }) => {
      pushFiles(repository, { 'page.html': '<p>\n' });
    },
    stateOf: proposedState,
    expectWhole: ({ repository }) => {
      expect(git(repository, 'rev-list', '--count', 'gh-pages')).toBe('1');
    },
  });
  expect(expected).toMatchObject({
    base: '1',
    commits: '2',
    pulls: [{ base: 'gh-pages', state: 'open' }],
    files: ['demo-1.0.0.tgz', 'demo-1.0.0.tgz.prov', 'index.yaml', 'page.html'],
  });
  expect(lines.filter(isWrite)).toEqual(['POST /ada/charts.git/git-receive-pack', PULL_REQUEST]);
}, 600_000);

test('two processes at once both succeed', async () => {
  const file = await archiveFile();
  const others = await archiveFile('1.1.0');
  const fake = new FakeGitHub();
  const environment = await fake.listen();
  const children = [file, file, others].map((path) =>
    publishInChild(environment, ['github:ada/charts', path]),
  );
  expect(await Promise.all(children.map(exitOf))).toEqual([0, 0, 0]);
  expect(fake.state()).toMatchObject([
    { tag: 'demo-1.0.0', isDraft: false },
    { tag: 'demo-1.1.0', isDraft: false },
  ]);
  expect(stateOf(fake)).toMatchObject({ listed: [{ 1: '1.1.0' }, { 1: '1.0.0' }] });
});

test('two processes at once make one pull request for the same, and two for different charts', async () => {
  const file = await archiveFile();
  const others = await archiveFile('1.1.0');
  const fake = new FakeGitHub();
  pushFiles(fake.repository, { 'page.html': '<p>\n' });
  const environment = await fake.listen();
  const children = [file, file, others].map((path) =>
    publishInChild(environment, ['--pull-request', 'git+ORIGIN/ada/charts.git', path]),
  );
  expect(await Promise.all(children.map(exitOf))).toEqual([0, 0, 0]);
  const bodies = fake.pulls.all.map(({ body }) => body.split('\n')[1]?.slice(0, 14)).toSorted();
  expect(bodies).toEqual(['- `demo 1.0.0`', '- `demo 1.1.0`']);
});
