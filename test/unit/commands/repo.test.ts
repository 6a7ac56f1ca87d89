import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../../support/cli.ts';
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
      { name: 'one', urls: ['https://example.com/charts/one-1.0.0.tgz'] },
      { name: 'two', urls: ['https://example.com/charts/two-1.0.0.tgz'] },
    ],
  });
  const again = await runCli(['repo', 'index', 'dist/packages'], { cwd });
  expect(again.stdout).toBe('The index lacks nothing; it was not changed.\n');
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
  });
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
])('%s is refused', async (_, args, message) => {
  const result = await runCli(['repo', 'index', ...args], { cwd: workspace() });
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toContain(message);
});
