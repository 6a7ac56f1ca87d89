import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ChangeReport } from '../../../generator/src/changes/types.ts';
import { runCli } from '../../support/cli.ts';
import { chartYaml } from '../archive/fixture.ts';
import { twoCharts } from '../changes/fixture.ts';

interface Published {
  targets: { additions: { name: string }[] }[];
  changes: ChangeReport;
}

const SINCE = ['--changed-since', 'HEAD'];

/** A repository whose chart `two` has changed. */
function changedRepository() {
  const repository = twoCharts();
  repository.write({ 'charts/two/values.yaml': 'b: 2' });
  return repository;
}

test('package packs the changed charts only, and says why', async () => {
  const repository = changedRepository();
  const { folder: cwd } = repository;
  const { exitCode, stdout, stderr } = await runCli(['package', 'charts', ...SINCE], { cwd });
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(/^dist\/packages\/two-1\.0\.0\.tgz {2}\S+\n$/) as unknown,
  });
  expect(stderr).toContain('1 of 2 charts changed since HEAD\ncharts/two  its files differ\n');
  expect(stderr).toContain(
    'Warning: charts/two/Chart.yaml: the chart changed since HEAD, but its version is the same\n',
  );
  expect(readdirSync(repository.path('dist/packages'))).toEqual(['two-1.0.0.tgz']);
});

test('where nothing changed nothing is done', async () => {
  const repository = twoCharts();
  const { folder: cwd } = repository;
  for (const command of ['package', 'publish', 'lint']) {
    const { exitCode, stderr } = await runCli([command, 'charts', ...SINCE], { cwd });
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('nothing of 2 charts changed')]);
  }
  expect(existsSync(repository.path('dist'))).toBe(false);
});

test('publish takes the changed charts, and archives as they are', async () => {
  const { folder: cwd } = changedRepository();
  const archive = ['package', 'charts/one', '--destination', '.'];
  expect((await runCli(archive, { cwd })).exitCode).toBe(0);
  const all = ['publish', 'charts', 'one-1.0.0.tgz', ...SINCE, '--json'];
  const { stdout } = await runCli(all, { cwd });
  const { targets, changes } = JSON.parse(stdout) as Published;
  const published = targets.flatMap(({ additions }) => additions.map(({ name }) => name));
  expect(published.toSorted()).toEqual(['one', 'two']);
  expect(changes).toMatchObject({ unchanged: ['charts/one'], changed: [{ chart: 'charts/two' }] });
  const again = ['--changed-since', 'last-release', '--repository', 'dist/repository', '--json'];
  const second = await runCli(['package', 'charts', ...again], { cwd });
  expect(JSON.parse(second.stdout)).toMatchObject({ archives: [], changes: { changed: [] } });
});

test('lint looks at the changed charts; the report stays alone on standard output', async () => {
  const { folder: cwd } = changedRepository();
  const args = ['lint', 'charts', ...SINCE, '--format', 'json', '--kube-version', '1.33'];
  const { stdout, stderr } = await runCli(args, { cwd });
  const { charts } = JSON.parse(stdout) as { charts: { chart: string }[] };
  expect(charts.map(({ chart }) => chart)).toEqual(['charts/two']);
  expect(stderr).toContain('1 of 2 charts changed');
});

test.each([
  ['an unknown commit', ['--changed-since', 'nowhere'], /has no commit "nowhere"/],
  ['a repository for a commit', [...SINCE, '--repository', 'x'], /goes with .*last-release only/],
  ['a repository alone', ['--repository', 'x'], /--changed-since/],
  ['no catalogue', ['--changed-since', 'last-release'], /no charts-src\/catalog\.yaml/],
])('%s', async (_, flags, message) => {
  const { folder: cwd } = twoCharts();
  const { exitCode, stderr } = await runCli(['package', 'charts', ...flags], { cwd });
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(message)]);
});

test('notes prints what one chart says, several with headings, and what says nothing', async () => {
  const repository = twoCharts();
  const { folder: cwd } = repository;
  const silent = await runCli(['notes', 'charts/one'], { cwd });
  expect(silent).toMatchObject({ exitCode: 0, stdout: '' });
  expect(silent.stderr).toContain('one 1.0.0: neither a CHANGELOG.md nor');
  repository.write({
    'charts/one/CHANGELOG.md': '## 1.0.0\n\n- f\u001B[31mirst\n',
    'charts/two/Chart.yaml': chartYaml(
      'two',
      '1.0.0',
      'annotations: { artifacthub.io/changes: "- a" }\n',
    ),
  });
  expect((await runCli(['notes', 'charts/one'], { cwd })).stdout).toBe('- f\uFFFD[31mirst\n');
  expect((await runCli(['notes', 'charts'], { cwd })).stdout).toBe(
    '# one 1.0.0\n\n- f\uFFFD[31mirst\n\n# two 1.0.0\n\n- a\n\n',
  );
  const { stdout } = await runCli(['notes', 'charts/two', '--json'], { cwd });
  expect(JSON.parse(stdout)).toEqual({
    notes: [{ name: 'two', version: '1.0.0', source: 'artifacthub.io/changes', text: '- a' }],
  });
  writeFileSync(repository.path('charts/two/Chart.yaml'), 'x: [');
  expect((await runCli(['notes', 'charts/two'], { cwd })).exitCode).toBe(2);
});
