import { existsSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../../support/cli.ts';
import { chartYaml } from '../archive/fixture.ts';
import { startRepository, versionsOf } from '../dependencies/fixture.ts';
import { write } from '../fileset/fixture.ts';
import { workspace } from './fixture.ts';

interface Packaged {
  archives: { file: string; written: boolean; digest: string }[];
}

test('all generated charts are packed, a second time nothing is written', async () => {
  const cwd = workspace();
  const first = await runCli(['package', '--json'], { cwd });
  expect(first).toMatchObject({ exitCode: 0, stderr: '' });
  const packages = join(cwd, 'dist', 'packages');
  expect(readdirSync(packages)).toEqual(['one-1.0.0.tgz', 'two-1.0.0.tgz']);
  const before = statSync(join(packages, 'one-1.0.0.tgz')).ino;
  const second = await runCli(['package', '--json'], { cwd });
  expect((JSON.parse(second.stdout) as Packaged).archives.map(({ written }) => written)).toEqual([
    false,
    false,
  ]);
  expect(statSync(join(packages, 'one-1.0.0.tgz')).ino).toBe(before);
});

test('a chart by its name, by its folder, and a folder of charts', async () => {
  const cwd = workspace();
  for (const [argument, files] of [
    ['one', ['one-1.0.0.tgz']],
    ['./dist/charts/two/', ['two-1.0.0.tgz']],
    ['dist/charts', ['one-1.0.0.tgz', 'two-1.0.0.tgz']],
  ] as const) {
    const out = join(cwd, 'out');
    rmSync(out, { recursive: true, force: true });
    expect((await runCli(['package', argument, '-d', 'out'], { cwd })).exitCode).toBe(0);
    expect(readdirSync(out)).toEqual(files);
  }
});

test.each([
  ['an unknown chart', ['package', 'three'], 2, 'USAGE'],
  ['a chart with mistakes', ['package', 'broken'], 2, 'CHART_INVALID'],
  [
    'a destination that is a file',
    ['package', 'one', '-d', 'dist/charts/one/Chart.yaml'],
    3,
    'FILE_SYSTEM',
  ],
  ['an unknown flag', ['package', '--colour'], 2, 'USAGE'],
])('%s is an error, not a bug', async (_, args, exitCode, code) => {
  const cwd = workspace();
  write(join(cwd, 'broken', 'Chart.yaml'), chartYaml('broken', 'latest'));
  const result = await runCli([...args, '--json'], { cwd });
  expect(result.exitCode).toBe(exitCode);
  expect(JSON.parse(result.stdout)).toMatchObject({ error: { code } });
});

test('a mistake is told with its file', async () => {
  const cwd = workspace();
  write(join(cwd, 'broken', 'Chart.yaml'), chartYaml('broken', 'latest'));
  symlinkSync('/etc/passwd', join(cwd, 'dist', 'charts', 'one', 'passwd'));
  const mistake = await runCli(['package', 'broken'], { cwd });
  expect(mistake.stderr).toContain('broken/Chart.yaml');
  const link = await runCli(['package', 'one'], { cwd });
  expect(link.stderr).toContain('dist/charts/one/passwd');
  expect(mistake.stderr + link.stderr).not.toMatch(/\n {4}at /);
});

const DEPENDENT = (repository: string) =>
  chartYaml(
    'one',
    '1.0.0',
    `dependencies: [{ name: lib, version: 1.x, repository: ${repository} }]`,
  );

test('dependencies are got and packed with the chart', async () => {
  const { url } = await startRepository(await versionsOf('lib', ['1.0.0', '1.1.0']));
  const cwd = workspace();
  const chart = join(cwd, 'dist', 'charts', 'one');
  write(join(chart, 'Chart.yaml'), DEPENDENT(url));
  const without = await runCli(['package', 'one', '--json'], { cwd });
  expect(without.exitCode).toBe(2);
  expect(JSON.parse(without.stdout)).toMatchObject({
    error: {
      code: 'DEPENDENCIES_INVALID',
      problems: [{ message: 'lib 1.x is not in charts/' }],
      next: expect.stringContaining('--dependency-update') as unknown,
    },
  });
  const first = await runCli(['package', 'one', '-u', '--json'], { cwd });
  expect(first).toMatchObject({ exitCode: 0, stderr: '' });
  expect(readdirSync(join(chart, 'charts'))).toEqual(['lib-1.1.0.tgz']);
  const again = await runCli(['package', 'one', '--dependency-update', '--json'], { cwd });
  expect((JSON.parse(again.stdout) as Packaged).archives).toMatchObject([{ written: false }]);
});

test('every chart that cannot be packed is told, and none is written', async () => {
  const cwd = workspace(['one', 'two', 'three']);
  write(join(cwd, 'dist', 'charts', 'one', 'Chart.yaml'), DEPENDENT("''"));
  write(join(cwd, 'dist', 'charts', 'three', 'values.yaml'), 'a: [');
  const { exitCode, stderr, stdout } = await runCli(['package'], { cwd });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain('2 of 3 charts cannot be packed');
  expect(stderr).toContain('lib 1.x is not in charts/');
  expect(stderr).toContain('dist/charts/three/values.yaml');
  expect(existsSync(join(cwd, 'dist', 'packages'))).toBe(false);
});
