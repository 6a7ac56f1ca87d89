import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../../support/cli.ts';
import { replaceInFile } from '../../support/files.ts';
import { write } from '../fileset/fixture.ts';
import { workspace } from './fixture.ts';

test('a folder of archives gets an index', async () => {
  const cwd = workspace();
  await runCli(['package'], { cwd });
  const args = ['repo', 'index', 'dist/packages', '--url', 'https://example.com/charts', '--json'];
  const result = await runCli(args, { cwd });
  expect(result.exitCode).toBe(0);
  expect(JSON.parse(result.stdout)).toMatchObject({
    changed: true,
    added: [
      { name: 'one', version: '1.0.0', file: 'one-1.0.0.tgz' },
      { name: 'two', version: '1.0.0', file: 'two-1.0.0.tgz' },
    ],
  });
  expect(readFileSync(join(cwd, 'dist', 'packages', 'index.yaml'), 'utf8')).toContain(
    '- https://example.com/charts/one-1.0.0.tgz\n',
  );
  const again = await runCli(['repo', 'index', 'dist/packages'], { cwd });
  expect(again.stdout).toBe('The index lacks nothing; it was not changed.\n');
});

test('a dry run tells what a run does, which can write index.json as well', async () => {
  const cwd = workspace();
  await runCli(['package'], { cwd });
  const folder = join(cwd, 'dist', 'packages');
  const args = ['repo', 'index', 'dist/packages', '--index-json'];
  const dry = await runCli([...args, '--dry-run'], { cwd });
  expect(dry.stdout).toBe('one 1.0.0  would be added\ntwo 1.0.0  would be added\n');
  expect(readdirSync(folder)).toEqual(['one-1.0.0.tgz', 'two-1.0.0.tgz']);
  const run = await runCli(args, { cwd });
  expect(run.stdout).toBe('one 1.0.0  added\ntwo 1.0.0  added\n');
  expect(JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))).toMatchObject({
    entries: { one: [{ version: '1.0.0' }], two: [{}] },
  });
});

test('a rebuild tells what it corrects and what has no archive', async () => {
  const cwd = workspace();
  await runCli(['package'], { cwd });
  await runCli(['repo', 'index', 'dist/packages'], { cwd });
  const folder = join(cwd, 'dist', 'packages');
  rmSync(join(folder, 'two-1.0.0.tgz'));
  await replaceInFile(
    join(folder, 'index.yaml'),
    /digest: [0-9a-f]{64}/,
    `digest: ${'0'.repeat(64)}`,
  );
  const { stdout, exitCode } = await runCli(['repo', 'index', 'dist/packages', '--rebuild'], {
    cwd,
  });
  expect(exitCode).toBe(0);
  expect(stdout).toBe('one 1.0.0  corrected\ntwo 1.0.0  stays, its archive is not in the folder\n');
});

test('archives that cannot be read are listed, the exit code is 1', async () => {
  const cwd = workspace();
  await runCli(['package'], { cwd });
  write(join(cwd, 'dist', 'packages', 'bad.tgz'), 'text');
  const result = await runCli(['repo', 'index', 'dist/packages'], { cwd });
  expect(result).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining('one 1.0.0') as unknown,
  });
  expect(result.stderr).toContain('bad.tgz');
  const json = await runCli(['repo', 'index', 'dist/packages', '--json'], { cwd });
  expect(JSON.parse(json.stdout)).toMatchObject({
    error: { code: 'CHECK_FAILED', problems: [{ file: 'bad.tgz' }] },
    result: { unreadable: [{ file: 'bad.tgz' }], changed: false },
  });
  const dryRun = await runCli(['repo', 'index', 'dist/packages', '--dry-run'], { cwd });
  expect(dryRun.stderr).toContain('the others would be indexed');
});

test('without a folder it is told how it is called', async () => {
  const result = await runCli(['repo', 'index']);
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toMatch(/directory/i);
});

test.each([
  ['a folder that is not there', ['none'], 'none is no folder'],
  ['a file', ['dist/charts/one/Chart.yaml'], 'Chart.yaml is no folder'],
  ['a URL of another kind', ['dist', '--url', 'ftp://x'], '"ftp://x" is no http or https URL'],
  ['a login for all to read', ['dist', '--url', 'https://a:b@x'], 'URL of x has a login in it'],
])('%s is refused', async (_, args, message) => {
  const result = await runCli(['repo', 'index', ...args], { cwd: workspace() });
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toContain(message);
});
