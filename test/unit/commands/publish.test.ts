import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { runCli } from '../../support/cli.ts';
import type { TargetPlan } from '../../../generator/src/repository/publish.ts';
import { write } from '../fileset/fixture.ts';
import { AUTHOR, bareRemote, targetOf } from '../repository/git/fixture.ts';
import { workspace } from './fixture.ts';

const env = { SOURCE_DATE_EPOCH: '1700000000' };

test('generated charts are published to dist/repository, and again without change', async () => {
  const cwd = workspace();
  const dry = await runCli(['publish', '--dry-run', '--json'], { cwd, env });
  expect(existsSync(join(cwd, 'dist', 'repository'))).toBe(false);
  const run = await runCli(['publish', '--json'], { cwd, env });
  expect(run).toEqual(dry);
  expect(readdirSync(join(cwd, 'dist', 'repository'))).toEqual([
    'index.yaml',
    'one-1.0.0.tgz',
    'two-1.0.0.tgz',
  ]);
  const again = await runCli(['publish'], { cwd, env });
  expect(again.stdout).toMatch(/^one 1.0.0 .* unchanged$/m);
  expect(again.stdout).toContain('0 published in dist/repository, 2 unchanged');
});

test('archives and charts go to another folder under a url', async () => {
  const cwd = workspace();
  await runCli(['package', 'two'], { cwd, env });
  const args = [
    'publish',
    'one',
    'dist/packages/two-1.0.0.tgz',
    '--to',
    'out',
    '--url',
    'https://example.com',
  ];
  expect((await runCli(args, { cwd, env })).exitCode).toBe(0);
  expect(load(readFileSync(join(cwd, 'out', 'index.yaml'), 'utf8'))).toMatchObject({
    entries: { one: [{ urls: ['https://example.com/one-1.0.0.tgz'] }], two: [{ name: 'two' }] },
  });
});

test('a version with other bytes is refused with both digests', async () => {
  const cwd = workspace();
  await runCli(['publish'], { cwd, env });
  write(join(cwd, 'dist', 'charts', 'one', 'values.yaml'), 'a: 1\n');
  const result = await runCli(['publish'], { cwd, env });
  expect(result.exitCode).toBe(2);
  expect(result.stderr.match(/sha256:[0-9a-f]{64}/g)).toHaveLength(2);
  expect(result.stderr).toContain('raise `version`');
});

test.each([
  ['an archive that is none', ['index.tgz'], 'ARCHIVE_INVALID'],
  ['an archive that is not there', ['none.tgz'], 'USAGE'],
  ['a folder called an archive', ['folder.tgz'], 'USAGE'],
  ['an unknown chart', ['three'], 'USAGE'],
  ['a URL of another kind', ['--url', 'ftp://example.com'], 'USAGE'],
  ['a URL that is none', ['--url', 'x y'], 'USAGE'],
])('%s is an error and publishes nothing', async (_, args, code) => {
  const cwd = workspace();
  write(join(cwd, 'index.tgz'), 'text');
  write(join(cwd, 'folder.tgz', 'file'), '');
  const result = await runCli(['publish', 'one', ...args, '--json'], { cwd });
  expect(result.exitCode).toBe(2);
  expect(JSON.parse(result.stdout)).toMatchObject({ error: { code } });
  expect(existsSync(join(cwd, 'dist', 'repository'))).toBe(false);
});

test('a wrong URL is refused where there is nothing to publish, too', async () => {
  const cwd = workspace();
  await runCli(['publish'], { cwd });
  const result = await runCli(['publish', '--url', 'x y'], { cwd });
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toContain('"x y" is no http or https URL');
});

test('several targets get the same charts in one run, each told of by its name', async () => {
  const cwd = workspace();
  execFileSync('git', ['init', '--quiet', '--bare', join(cwd, 'remote.git')]);
  const author = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com' };
  const committer = { GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com' };
  const branch = `git+${pathToFileURL(join(cwd, 'remote.git')).href}#pages`;
  const args = ['publish', '--to', 'out', '--to', branch, '--to', 'out', '--json'];
  const run = await runCli(args, { cwd, env: { ...env, ...author, ...committer } });
  const both = ['one-1.0.0.tgz', 'two-1.0.0.tgz'].map((fileName) => ({ fileName }));
  expect(JSON.parse(run.stdout)).toMatchObject({
    targets: [
      { target: 'out', uploads: both },
      { target: branch, uploads: both },
    ],
  });
  const show = ['--git-dir', join(cwd, 'remote.git'), 'show', 'pages:index.yaml'];
  const published = load(execFileSync('git', show).toString());
  expect(published).toEqual(load(readFileSync(join(cwd, 'out', 'index.yaml'), 'utf8')));
});

test('what one target refuses is published to no other', async () => {
  const cwd = workspace();
  await runCli(['publish', '--to', 'first'], { cwd, env });
  write(join(cwd, 'dist', 'charts', 'one', 'values.yaml'), 'a: 1\n');
  const args = ['publish', '--to', 'second', '--to', 'first'];
  const result = await runCli(args, { cwd, env });
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toContain('sha256:');
  expect(existsSync(join(cwd, 'second'))).toBe(false);
});

test.each([
  ['a scheme that is none', ['--to', 's3://bucket'], 's3:// is no kind of target'],
  ['a login for a folder', ['--username', 'me', '--password-stdin'], 'no target takes --username'],
  [
    'a login for two servers',
    [
      ...['--to', 'oci://127.0.0.1:1/a', '--to', 'chartmuseum+http://127.0.0.1:1'],
      ...['--username', 'me', '--password-stdin'],
    ],
    '2 targets take one',
  ],
  ['a URL for a registry', ['--to', 'oci://127.0.0.1:1/a', '--url', 'https://a.com'], '--url'],
  ['overwriting in a folder', ['--allow-overwrite'], 'no version can be overwritten safely'],
  [
    'an SBOM that is not there',
    ['--to', 'oci://127.0.0.1:1/a', '--sbom', '.'],
    'has no SBOM of one',
  ],
])('%s is refused', async (_, args, message) => {
  const options = { cwd: workspace(), env, input: 'secret\n' };
  const result = await runCli(['publish', 'one', ...args], options);
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toContain(message);
});

test('a login without a password is refused', async () => {
  const args = ['publish', 'one', '--to', 'oci://127.0.0.1:1/a'];
  const login = ['--username', 'me', '--password-stdin'];
  const result = await runCli([...args, ...login], { cwd: workspace(), env, input: '\n' });
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toContain('there is no password on standard input');
});

test('what is overwritten is told with both digests, and what clients will see of it', async () => {
  const cwd = workspace();
  const variables = { ...env, ...AUTHOR };
  const to = ['--to', targetOf(bareRemote())];
  await runCli(['publish', 'one', ...to], { cwd, env: variables });
  write(join(cwd, 'dist', 'charts', 'one', 'values.yaml'), 'a: 1\n');
  const args = ['publish', 'one', ...to, '--allow-overwrite'];
  const dry = await runCli([...args, '--dry-run', '--json'], { cwd, env: variables });
  write(join(cwd, 'plan.json'), dry.stdout);
  const overwrite = ['publish', 'one', '--plan', 'plan.json', '--allow-overwrite'];
  const run = await runCli(overwrite, { cwd, env: variables });
  expect(run.exitCode).toBe(0);
  const { targets } = JSON.parse(dry.stdout) as { targets: TargetPlan[] };
  const [replaced] = targets[0]?.overwrites ?? [];
  expect(run.stdout).toContain(
    `one 1.0.0  sha256:${replaced?.digest}  published in place of sha256:${replaced?.replaces}`,
  );
  expect(run.stdout).toContain('0 published in');
  expect(run.stderr).toContain('until `helm repo update`');
});

test('what follows a target is a chart', async () => {
  const cwd = workspace();
  const run = await runCli(['publish', '--to', 'out', 'one'], { cwd, env });
  expect(run.stdout).toContain('1 published in out');
});

test('a stored plan is carried out while the world is still as it was', async () => {
  const cwd = workspace();
  const dry = await runCli(['publish', '--to', 'out', '--dry-run', '--json'], { cwd, env });
  write(join(cwd, 'plan.json'), dry.stdout);
  const run = await runCli(['publish', '--plan', 'plan.json', '--json'], { cwd, env });
  expect(run).toEqual(dry);
  expect(readdirSync(join(cwd, 'out'))).toContain('one-1.0.0.tgz');
  const again = await runCli(['publish', '--plan', 'plan.json'], { cwd, env });
  expect(again.exitCode).toBe(2);
  expect(again.stderr).toMatch(/out: in the plan only: uploads: one 1\.0\.0 sha256:[0-9a-f]{64}/);
  expect(again.stderr).toMatch(/out: not in the plan: unchanged: one 1\.0\.0/);
});

test('what is not as a stored plan says is not published', async () => {
  const cwd = workspace();
  const dry = await runCli(['publish', '--to', 'out', '--dry-run', '--json'], { cwd, env });
  write(join(cwd, 'plan.json'), dry.stdout);
  write(join(cwd, 'dist', 'charts', 'two', 'values.yaml'), 'a: 1\n');
  const run = await runCli(['publish', '--plan', 'plan.json', '--json'], { cwd, env });
  expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: 'PLAN_OUTDATED' } });
  expect(existsSync(join(cwd, 'out'))).toBe(false);
});

test.each([
  ['text', 'no plan'],
  ['{"targets": []}', 'no plan'],
  ['{"targets": [{"uploads": 1}]}', 'no plan'],
  ['{"targets": [{"target": "out", "uploads": [null, {"name": {}}]}]}', 'is not what would be'],
])('%s as a plan publishes nothing', async (text, message) => {
  const cwd = workspace();
  write(join(cwd, 'plan.json'), text);
  const run = await runCli(['publish', '--plan', 'plan.json'], { cwd, env });
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain(message);
  expect(existsSync(join(cwd, 'out'))).toBe(false);
});
