import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../../support/cli.ts';
import { useTools } from '../../support/tools.ts';
import { writeChart } from './chart.ts';

useTools('helm-4', 'helm-unittest');

const BAD_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: bad\ndata:\n  a: "<nil>"\n';

interface Report {
  charts: { chart: string; cells: number }[];
  findings: { rule: string; cells: { kubeVersion: string }[] }[];
}

test('a sound chart: exit 0, for the default pair of Kubernetes versions', async () => {
  const chart = await writeChart();
  const { exitCode, stdout, stderr } = await runCli(['lint', 'demo'], { cwd: dirname(chart) });
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toBe('1 chart, 2 renderings: 0 errors, 0 warnings, 0 notes\n');
  expect(stderr).toContain('linted 2 of 2: demo, case default, Kubernetes ');
});

test('findings: exit 1, and one JSON document on standard output', async () => {
  const chart = await writeChart({ 'templates/bad.yaml': BAD_MAP });
  const result = await runCli(
    ['lint', chart, '--kube-version', '1.33', '--kube-version', '1.34', '--json'],
    { cwd: dirname(chart) },
  );
  expect(result.exitCode, result.stderr).toBe(1);
  const report = JSON.parse(result.stdout) as Report;
  expect(report.charts).toEqual([{ chart, cells: 2 }]);
  expect(report.findings).toMatchObject([
    { rule: 'go-format-text', cells: [{ kubeVersion: '1.33' }, { kubeVersion: '1.34' }] },
  ]);
});

test('without arguments every chart of dist/charts is linted', async () => {
  const chart = await writeChart();
  const project = dirname(chart);
  await mkdir(join(project, 'dist/charts'), { recursive: true });
  await rename(chart, join(project, 'dist/charts/demo'));
  const { stdout } = await runCli(['lint', '--format', 'json'], { cwd: project });
  expect((JSON.parse(stdout) as Report).charts).toEqual([{ chart: 'dist/charts/demo', cells: 2 }]);
});

test.each([
  ['nothing to lint', []],
  ['a path that is no chart', ['templates']],
  ['a path that is not there', ['absent']],
  ['an archive that is not there', ['absent.tgz']],
  ['a Kubernetes version that is none', ['.', '--kube-version', 'new']],
])('%s is an error, not a pass', async (_, args) => {
  const { exitCode, stdout, stderr } = await runCli(['lint', ...args], { cwd: await writeChart() });
  expect([2, 3]).toContain(exitCode);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^Error: /m);
});

test('the suites of a chart: exit 0, and 1 when one fails', async () => {
  const suite = (kind: string) =>
    `suite: map\ntemplates: [map.yaml]\ntests:\n  - it: is\n    asserts:\n      - isKind: { of: ${kind} }\n`;
  const good = await writeChart({ 'tests/map_test.yaml': suite('ConfigMap') });
  const bad = await writeChart({ 'tests/map_test.yaml': suite('Secret') });
  const none = await writeChart();
  const passing = await runCli(['test', good, none]);
  expect(passing.exitCode, passing.stderr).toBe(0);
  expect(passing.stdout).toBe(
    `${good}: 1 of 1 tests passed in 1 suite\n${none}: no suites (tests/*_test.yaml)\n`,
  );
  const failing = await runCli(['test', good, bad, '--json']);
  expect(failing.exitCode, failing.stderr).toBe(1);
  expect(JSON.parse(failing.stdout)).toMatchObject({ charts: [{ ok: true }, { ok: false }] });
});
