import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { action, runAction, type ActionRun } from '../support/composite-action.ts';
import { runCli } from '../support/cli.ts';
import { exportSecretKey, hasGpg, makeKey, useGpg } from '../support/gpg.ts';
import { startRegistry } from '../support/registry.ts';
import { useTools } from '../support/tools.ts';
import { chartIn, twoCharts } from './changes/fixture.ts';
import { temporaryFolder } from './fileset/fixture.ts';
import { FakeGitHub, TOKEN } from './repository/github/fake.ts';
import { filesOn, git, publishedOn, pushFiles, tipOf } from './repository/git/fixture.ts';

/** With the Node that runs these tests in front. */
const PATH = [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter);

useTools('registry');
useGpg();

/** A checkout of `owner/charts` on a server of its own, as a job of GitHub has it. */
function job() {
  const server = temporaryFolder();
  const remote = join(server, 'owner/charts.git');
  mkdirSync(dirname(remote), { recursive: true });
  git('/', 'init', '--quiet', '--bare', '--initial-branch=main', remote);
  const checkout = twoCharts();
  const environment = {
    PATH,
    HOME: temporaryFolder(),
    GIT_CONFIG_NOSYSTEM: '1',
    GITHUB_SERVER_URL: pathToFileURL(server).href,
    GITHUB_REPOSITORY: 'owner/charts',
  };
  const release = (inputs: Record<string, string> = {}, more: Record<string, string> = {}) =>
    runAction(
      checkout.folder,
      { packages_with_index: 'true', ...inputs },
      { ...environment, ...more },
    );
  return { remote, checkout, release };
}

function published({ outputs }: ActionRun): string[] {
  const archives = JSON.parse(outputs.published ?? '') as { name: string; version: string }[];
  return archives.map(({ name, version }) => `${name} ${version}`);
}

test('a first release, one without a change, one with a changed chart', async () => {
  const { remote, checkout, release } = job();
  const first = await release();
  expect(first).toMatchObject({
    exitCode: 0,
    outputs: { changed_charts: 'charts/one,charts/two', chart_version: '1.0.0,1.0.0' },
  });
  expect(published(first)).toEqual(['one 1.0.0', 'two 1.0.0']);
  expect(publishedOn(remote)).toEqual(['one 1.0.0', 'two 1.0.0']);
  const author = git(remote, 'log', '-1', '--format=%an <%ae> %cn', 'gh-pages');
  expect(author).toBe('ada <ada@users.noreply.github.com> ada');

  const tip = tipOf(remote);
  const none = { changed_charts: '', chart_version: '', published: '[]', pull_request: '' };
  expect(await release()).toMatchObject({ exitCode: 0, outputs: none });
  expect(tipOf(remote)).toBe(tip);

  checkout.commit(chartIn('charts/two', 'two', '1.1.0'));
  expect((await release()).outputs).toMatchObject({
    changed_charts: 'charts/two',
    chart_version: '1.1.0',
  });
  expect(publishedOn(remote).toSorted()).toEqual(['one 1.0.0', 'two 1.0.0', 'two 1.1.0']);
  expect(git(remote, 'rev-list', '--count', 'gh-pages')).toBe('2');
});

test('what is published stands the check of release.yml', async () => {
  const { remote, checkout, release } = job();
  await release();
  git(checkout.folder, 'clone', '--quiet', '--branch=gh-pages', remote, 'published');
  const workflow = readFileSync('.github/workflows/release.yml', 'utf8');
  const [, command = ''] =
    /run: node generator\/bin\/run\.js (repo verify .*)/.exec(workflow) ?? [];
  const verified = await runCli(command.split(' '), { cwd: checkout.folder });
  expect(verified).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('2') as unknown });
  rmSync(checkout.path('published/one-1.0.0.tgz'));
  expect((await runCli(command.split(' '), { cwd: checkout.folder })).exitCode).toBe(1);
});

test('a changed chart with the version that it had stops the release and is named', async () => {
  const { remote, checkout, release } = job();
  await release();
  const tip = tipOf(remote);
  checkout.commit({ ...chartIn('charts/one', 'one', '2.0.0'), 'charts/two/values.yaml': 'b: 2' });
  const { exitCode, outputs, log } = await release();
  expect({ exitCode, outputs }).toEqual({ exitCode: 2, outputs: {} });
  expect(log).toContain('"VERSION_EXISTS"');
  expect(log).toMatch(/two 1\.0\.0 is sha256:/);
  expect(tipOf(remote)).toBe(tip);
});

test('changed_since leaves out what another tool has released', async () => {
  const { remote, checkout, release } = job();
  checkout.git('tag', 'one-1.0.0');
  checkout.commit(chartIn('charts/two', 'two', '1.1.0'));
  const inputs = { changed_since: 'one-1.0.0' };
  expect((await release(inputs)).outputs).toMatchObject({ changed_charts: 'charts/two' });
  expect(publishedOn(remote)).toEqual(['two 1.1.0']);
  const nothing = await release({ changed_since: 'HEAD' });
  expect(nothing).toMatchObject({ exitCode: 0, outputs: { published: '[]' } });
});

test('a chart at the root, which holds the archives of the run before', async () => {
  const { remote, checkout, release } = job();
  checkout.git('rm', '-r', '--quiet', 'charts');
  checkout.commit(chartIn('.', 'top'));
  const inputs = { charts_dir: '.' };
  expect((await release(inputs)).outputs).toMatchObject({ changed_charts: '.' });
  expect((await release(inputs)).outputs).toMatchObject({ changed_charts: '', published: '[]' });
  expect(publishedOn(remote)).toEqual(['top 1.0.0']);
});

test('a dry run publishes nothing and says what it would', async () => {
  const { remote, release } = job();
  const { outputs } = await release({ dry_run: 'true' });
  expect(outputs.changed_charts).toBe('charts/one,charts/two');
  expect(tipOf(remote)).toBe('');
});

test('archives that were packed before, on another branch', async () => {
  const { remote, checkout, release } = job();
  await release({ dry_run: 'true', charts_dir: 'charts/one' });
  expect(readdirSync(checkout.path('.cr-release-packages'))).toEqual(['one-1.0.0.tgz']);
  const inputs = { skip_packaging: 'true', pages_branch: 'pages' };
  expect((await release(inputs)).outputs).toMatchObject({
    changed_charts: '',
    chart_version: '1.0.0',
  });
  expect(publishedOn(remote, 'pages')).toEqual(['one 1.0.0']);
});

test('a registry beside the branch, or alone', async () => {
  const { remote, release } = job();
  const targets = `\noci://${await startRegistry()}/charts\n`;
  const login = { registry_password: 'registry-secret' };
  const alone = await release({ targets, pages_branch: '', charts_dir: 'charts/one', ...login });
  expect(published(alone)).toEqual(['one 1.0.0']);
  expect(tipOf(remote)).toBe('');
  const both = await release({ targets });
  expect(both.outputs.changed_charts).toBe('charts/one,charts/two');
  expect(published(await release({ targets }))).toEqual([]);
  expect(await release({ pages_branch: '' })).toMatchObject({
    exitCode: 2,
    log: expect.stringContaining('::error::Nowhere to publish to') as unknown,
  });
});

test.runIf(hasGpg)('a key signs; no secret is printed or left behind', async () => {
  const { remote, checkout, release } = job();
  const passphrase = 'key-secret';
  const fingerprint = makeKey('Release <release@example.com>', { passphrase });
  const key = exportSecretKey(fingerprint, ['--armor'], passphrase).toString();
  const temporary = temporaryFolder();
  const inputs = { signing_key: key, signing_passphrase: passphrase, token: 'token-secret' };
  const signed = await release(inputs, { TMPDIR: temporary, CR_TOKEN: 'cr-secret' });
  expect(signed.exitCode).toBe(0);
  expect(filesOn(remote)).toContain('one-1.0.0.tgz.prov');
  expect(signed.log).not.toMatch(/-secret|PRIVATE KEY/);
  expect(readdirSync(temporary)).toEqual([]);
  expect(readFileSync(checkout.path('.git/config'), 'utf8')).not.toContain('secret');
  // What is published keeps its signature.
  const tip = tipOf(remote);
  expect((await release(inputs)).exitCode).toBe(0);
  expect(tipOf(remote)).toBe(tip);
});

test.runIf(hasGpg)('a key without a passphrase', async () => {
  const { remote, release } = job();
  const key = exportSecretKey(makeKey('Open <open@example.com>'), ['--armor']).toString();
  expect((await release({ signing_key: key })).exitCode).toBe(0);
  expect(filesOn(remote)).toContain('two-1.0.0.tgz.prov');
});

test('inputs are data: nothing in them is run', async () => {
  const { checkout, release } = job();
  const nasty = `$(touch run) \`touch run\`; touch run "' \${{ github.token }}`;
  for (const name of ['charts_dir', 'changed_since', 'pages_branch'])
    expect((await release({ [name]: nasty })).exitCode).not.toBe(0);
  // A folder with an odd name.
  expect((await release({ targets: nasty })).exitCode).toBe(0);
  expect((await release({ charts_dir: '--help' })).exitCode).toBe(2);
  expect(existsSync(checkout.path('run'))).toBe(false);
});

test('a release of its own for each chart version, the index on the branch', async () => {
  const fake = new FakeGitHub();
  const environment = await fake.listen();
  const { checkout } = job();
  const given = { ...environment, PATH, GITHUB_REPOSITORY: 'ada/charts', GITHUB_TOKEN: '' };
  const release = () => runAction(checkout.folder, { token: TOKEN }, given);
  const { exitCode, outputs } = await release();
  expect([exitCode, outputs.changed_charts]).toEqual([0, 'charts/one,charts/two']);
  expect(fake.releases.map(({ tag }) => tag).toSorted()).toEqual(['one-1.0.0', 'two-1.0.0']);
  expect(filesOn(fake.repository)).toEqual(['.nojekyll', 'index.yaml']);
  expect((await release()).outputs).toMatchObject({ changed_charts: '', published: '[]' });
});

test('a pull request for the index, after the releases', async () => {
  const fake = new FakeGitHub();
  pushFiles(fake.repository, { 'page.html': '<p>\n' });
  const environment = { ...(await fake.listen()), PATH, GITHUB_REPOSITORY: 'ada/charts' };
  const { checkout } = job();
  const inputs = { token: TOKEN, pull_request: 'true', charts_dir: 'charts/one' };
  const { exitCode, outputs } = await runAction(checkout.folder, inputs, environment);
  const pull_request = 'https://github.com/ada/charts/pull/1';
  expect([exitCode, outputs]).toMatchObject([0, { changed_charts: 'charts/one', pull_request }]);
  expect(fake.releases.map(({ tag }) => tag)).toEqual(['one-1.0.0']);
  expect(filesOn(fake.repository)).toEqual(['page.html']);
  expect(fake.pulls.all).toMatchObject([{ base: 'gh-pages', title: 'Publish one-1.0.0' }]);
});

test('every input and output is in the documentation', () => {
  const page = readFileSync('docs/github-actions.md', 'utf8');
  for (const name of [...Object.keys(action.inputs), ...Object.keys(action.outputs)])
    expect(page).toContain(`| \`${name}\` |`);
});
