import { describe, expect, test } from 'vitest';
import type { ChartArchive } from '../../../../generator/src/archive/archive.ts';
import { GitStore } from '../../../../generator/src/repository/git/git-store.ts';
import { pullRequestsFor } from '../../../../generator/src/repository/github/pull-requests.ts';
import { archiveOf } from '../../archive/fixture.ts';
import { signed } from '../directory/fixture.ts';
import { git, publishedOn, pushFiles, tipOf } from '../git/fixture.ts';
import { FakeGitHub, type Settings } from './fake.ts';

/** Our part of the text of a pull request. */
function listed(...lines: string[]): string {
  return ['<!-- charts -->', ...lines, '<!-- end of charts -->'].join('\n');
}

/** A branch with a page, and what proposes charts for it. */
async function start(settings: Settings = {}, more: Record<string, string> = {}) {
  const fake = new FakeGitHub(settings);
  pushFiles(fake.repository, { 'page.html': '<p>\n' });
  const environment = { ...(await fake.listen()), ...more };
  const target = `git+${environment.GITHUB_SERVER_URL}/ada/charts.git`;
  const storeOf = () =>
    new GitStore(target, { environment, proposals: pullRequestsFor(target, environment) });
  const messages: string[] = [];
  const propose = (...archives: ChartArchive[]) =>
    storeOf().publish(archives, (message) => messages.push(message));
  const merge = () => {
    const [pull] = fake.pulls.all;
    git(fake.repository, 'update-ref', 'refs/heads/gh-pages', `refs/heads/${pull?.head}`);
    if (pull) pull.state = 'closed';
  };
  const [repository, requests] = [fake.repository, fake.requests];
  const writes = () => requests.filter((line) => !line.startsWith('GET'));
  return { fake, environment, target, repository, storeOf, propose, messages, merge, writes };
}

/** The commit that a pull request proposes, and what the branch lists then. */
function proposed({ pulls, repository }: FakeGitHub, number = 1) {
  const { head = '' } = pulls.all[number - 1] ?? {};
  return { tip: tipOf(repository, head), charts: publishedOn(repository, head) };
}

const URL_OF_FIRST = 'https://github.com/ada/charts/pull/1';

test('a commit right after the branch is proposed, the branch stays', async () => {
  const { fake, repository, propose } = await start();
  const base = tipOf(repository);
  const archive = signed(await archiveOf());
  const plan = await propose(archive);
  expect(plan).toMatchObject({ additions: [{ name: 'demo' }], pullRequest: URL_OF_FIRST });
  expect(fake.pulls.all).toMatchObject([
    {
      ...{ base: 'gh-pages', title: 'Publish demo-1.0.0', state: 'open' },
      head: expect.stringMatching(/^publish-[\da-f]{16}$/) as string,
      body: listed(`- \`demo 1.0.0\` sha256:${archive.digest}`, '- `demo-1.0.0.tgz.prov`'),
    },
  ]);
  const { tip, charts } = proposed(fake);
  expect(charts).toEqual(['demo 1.0.0']);
  expect(git(repository, 'rev-parse', `${tip}^`)).toBe(base);
  expect(tipOf(repository)).toBe(base);
});

test('a second time nothing is pushed, for another signature neither', async () => {
  const { fake, propose, writes } = await start();
  const archive = await archiveOf();
  await propose(signed(archive));
  const [{ tip }, requests] = [proposed(fake), writes().length];
  const again = await propose(signed(archive, 'another'));
  expect(again).toMatchObject({ additions: [{ name: 'demo' }], pullRequest: URL_OF_FIRST });
  expect([proposed(fake).tip, writes().length]).toEqual([tip, requests]);
});

test('what is merged is published, and not proposed again', async () => {
  const { fake, propose, merge } = await start();
  const archive = await archiveOf();
  await propose(archive);
  merge();
  const plan = await propose(archive);
  expect(plan).toMatchObject({ additions: [], unchanged: [{ name: 'demo' }] });
  expect(plan).not.toHaveProperty('pullRequest');
  expect(fake.pulls.all).toHaveLength(1);
});

test('where the branch has moved on, the change is made anew on what is there', async () => {
  const { fake, environment, target, repository, propose } = await start();
  const [own, shared, other] = [
    await archiveOf('own'),
    await archiveOf('shared'),
    await archiveOf('other'),
  ];
  await propose(own, shared);
  const { tip } = proposed(fake);
  await new GitStore(target, { environment }).publish([shared, other], () => undefined);
  const [pull] = fake.pulls.all;
  if (pull) pull.body = `Please look.\r\n\r\n${pull.body}\r\nThanks.`;
  const plan = await propose(own, shared);
  expect(plan).toMatchObject({ additions: [{ name: 'own' }], pullRequest: URL_OF_FIRST });
  expect(proposed(fake).charts.toSorted()).toEqual(['other 1.0.0', 'own 1.0.0', 'shared 1.0.0']);
  expect(git(repository, 'rev-parse', `${pull?.head}^`)).toBe(tipOf(repository));
  expect(proposed(fake).tip).not.toBe(tip);
  expect(fake.pulls.all).toMatchObject([
    {
      title: 'Publish own-1.0.0',
      body: `Please look.\n\n${listed(`- \`own 1.0.0\` sha256:${own.digest}`)}\nThanks.`,
    },
  ]);
});

test('what people write around the list stays', async () => {
  const { fake, propose } = await start();
  const archive = await archiveOf();
  await propose(archive);
  const [pull] = fake.pulls.all;
  const text = `Please look.\r\n\r\n${pull?.body.replaceAll('\n', '\r\n')}`;
  if (pull) pull.body = text;
  await propose(archive);
  expect(fake.pulls.all).toMatchObject([{ body: text }]);
});

test('a push to the proposed branch in between is not overwritten unseen', async () => {
  const { fake, repository, environment, target } = await start();
  const archive = await archiveOf();
  const proposals = pullRequestsFor(target, environment);
  const pushed: string[] = [];
  await new GitStore(target, { environment, proposals }).publish([archive], (message) => {
    const [, branch] = /^pushing to (publish-\w+)$/.exec(message) ?? [];
    if (branch === undefined) return;
    if (pushed.length === 0) pushFiles(repository, { 'theirs.txt': '\n' }, branch);
    pushed.push(tipOf(repository, branch));
  });
  expect(pushed).toHaveLength(2);
  expect(pushed[0]).toBe(pushed[1]);
  expect(proposed(fake).charts).toEqual(['demo 1.0.0']);
});

describe('refused', () => {
  test('a token that may not propose', async () => {
    const { propose } = await start({ isWithoutPullRequests: true });
    await expect(propose(await archiveOf())).rejects.toMatchObject({
      code: 'DENIED',
      next: 'Give GITHUB_TOKEN the permission `pull-requests: write` on ada/charts.',
    });
  });

  test('no token, before anything is pushed', async () => {
    const { fake, repository, propose } = await start({}, { GITHUB_TOKEN: '' });
    await expect(propose(await archiveOf())).rejects.toMatchObject({
      code: 'DENIED',
      next: expect.stringContaining('`pull-requests: write` on ada/charts') as string,
    });
    expect(git(repository, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/gh-pages');
    expect(fake.requests).toEqual([]);
  });

  test('a branch that is not there', async () => {
    const { environment, target } = await start();
    const branch = `${target}#stable`;
    const store = new GitStore(branch, {
      environment,
      proposals: pullRequestsFor(branch, environment),
    });
    const archives = [await archiveOf()];
    for (const attempt of [
      () => store.plan(archives),
      () => store.publish(archives, () => undefined),
    ])
      await expect(attempt()).rejects.toMatchObject({
        code: 'USAGE',
        message: expect.stringContaining('#stable is not there') as string,
      });
  });

  test.each([
    'git+https://gitlab.com/ada/charts.git',
    'git+file:///srv/charts.git',
    'git+https://github.com/charts.git',
  ])('%s', (target) => {
    expect(() => pullRequestsFor(target, {})).toThrow('is not on https://github.com, which alone');
  });
});

test.each([
  ['git+https://github.com/ada/charts.git#pages', {}],
  ['git+ssh://git@github.com/ada/charts', {}],
  ['git+https://git.example.com/ada/charts', { GITHUB_SERVER_URL: 'https://git.example.com' }],
])('%s has pull requests', (target, environment) => {
  expect(() => pullRequestsFor(target, environment)).not.toThrow();
});
