import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { runHelm, withHelm } from '../../../generator/src/helm/helm.ts';
import { silent } from '../../../generator/src/progress.ts';
import { runCli } from '../../support/cli.ts';
import { useTools } from '../../support/tools.ts';
import { writeChart } from './chart.ts';
import { startRegistry } from '../helm/registry.ts';

useTools('helm-4', 'helm-engine', 'helm-unittest');

/** A ConfigMap with one entry that no rule has anything against but where the entry is wrong. */
function map(name: string, entry: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  labels:
    app.kubernetes.io/name: demo
    app.kubernetes.io/instance: {{ .Release.Name | quote }}
    app.kubernetes.io/managed-by: {{ .Release.Service }}
    helm.sh/chart: demo-1.0.0
data:
  entry: ${entry}
`;
}

const SOUND = { 'templates/map.yaml': map('demo', '{{ .Values.colour | quote }}') };
const BAD = { ...SOUND, 'templates/bad.yaml': map('bad', '"<nil>"') };

interface Report {
  kubeVersions: string[];
  charts: { chart: string; cases: string[]; cells: number }[];
  findings: { rule: string; cells: { kubeVersion: string }[] }[];
  fixes?: { file: string; refusal?: string }[];
}

test('a sound chart: exit 0, for every Kubernetes version that is known', async () => {
  const chart = await writeChart(SOUND);
  const { exitCode, stdout, stderr } = await runCli(['lint', 'demo'], { cwd: dirname(chart) });
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toMatch(
    /^1 chart, 1 case on 7 Kubernetes versions: 0 errors, 0 warnings, 0 notes\n$/,
  );
});

test('findings: exit 1, and one JSON document on standard output', async () => {
  const chart = await writeChart(BAD);
  const result = await runCli(
    ['lint', chart, '--kube-version', '1.33', '--kube-version', '1.34', '--json'],
    { cwd: dirname(chart) },
  );
  expect(result.exitCode, result.stderr).toBe(1);
  const report = JSON.parse(result.stdout) as Report;
  expect(report.kubeVersions).toEqual(['1.33', '1.34']);
  expect(report.charts).toEqual([{ chart, cases: ['default'], cells: 2 }]);
  expect(report.findings).toMatchObject([
    { rule: 'go-format-text', cells: [{ kubeVersion: '1.33' }, { kubeVersion: '1.34' }] },
  ]);
});

test.each([
  ['pretty', /^demo\n\n {2}error {2}templates\/bad\.yaml:11/],
  ['json', /^\{\n {2}"kubeVersions"/],
  ['sarif', /"version": "2\.1\.0"/],
  ['junit', /^<\?xml .*\n<testsuites .*failures="1"/],
  ['github', /^::error file=demo\/templates\/bad\.yaml,line=11/],
])('findings as %s', async (format, expected) => {
  const chart = await writeChart(BAD);
  const args = ['lint', 'demo', '--kube-version', '1.36', '--format', format];
  const { exitCode, stdout, stderr } = await runCli(args, { cwd: dirname(chart) });
  expect(exitCode, stderr).toBe(1);
  expect(stdout).toMatch(expected);
});

test('notes alone: exit 0', async () => {
  const chart = await writeChart({
    ...SOUND,
    'Chart.yaml': 'apiVersion: v2\nname: demo\nversion: 1.0.0\n',
  });
  const { exitCode, stdout } = await runCli(['lint', chart, '--kube-version', '1.36']);
  expect(stdout).toContain('icon is recommended');
  expect(exitCode).toBe(0);
});

test('without arguments every chart of dist/charts is linted', async () => {
  const chart = await writeChart();
  const project = dirname(chart);
  await mkdir(join(project, 'dist/charts'), { recursive: true });
  await rename(chart, join(project, 'dist/charts/demo'));
  const args = ['lint', '--format', 'json', '--kube-version', '1.36'];
  const { stdout } = await runCli(args, { cwd: project });
  expect((JSON.parse(stdout) as Report).charts).toEqual([
    { chart: 'dist/charts/demo', cases: ['default'], cells: 1 },
  ]);
});

test('--fix mends what can be mended, says so, and lints again', async () => {
  const unquoted = SOUND['templates/map.yaml'].replace('.Release.Name | quote', '.Release.Name');
  const chart = await writeChart({ 'templates/map.yaml': unquoted });
  const options = { cwd: dirname(chart) };
  const args = ['lint', 'demo', '--kube-version', '1.36'];
  const { stdout: before } = await runCli(args, options);
  expect(before).toContain('numeric-release-name');
  const { exitCode, stdout, stderr } = await runCli([...args, '--fix'], options);
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toBe(`mended  demo/templates/map.yaml:7  numeric-release-name
1 finding mended, 0 left

1 chart, 1 case on 1 Kubernetes version: 0 errors, 0 warnings, 0 notes
`);
  expect(await readFile(join(chart, 'templates/map.yaml'), 'utf8')).toBe(
    SOUND['templates/map.yaml'],
  );
  const again = await runCli([...args, '--fix', '--json'], options);
  expect(JSON.parse(again.stdout)).toMatchObject({ findings: [], fixes: [] });
});

test('a chart of a registry is called by its reference', async () => {
  const chart = await writeChart(BAD);
  const directory = dirname(chart);
  await withHelm('helm-4', silent, (helm) =>
    runHelm(helm, ['package', chart, `--destination=${directory}`]),
  );
  const archive = await readFile(join(directory, 'demo-1.0.0.tgz'));
  const { host } = await startRegistry('charts/demo', '1.0.0', archive);
  const reference = `oci://${host}/charts/demo:1.0.0`;
  const args = ['lint', reference, '--plain-http', '--kube-version', '1.36'];
  const { exitCode, stdout, stderr } = await runCli(args);
  expect(exitCode, stderr).toBe(1);
  expect(stdout).toMatch(new RegExp(`^${reference}\\n\\n {2}error {2}templates/bad.yaml:11`));
  const refused = await runCli(['lint', reference, '--json']);
  expect(refused.exitCode).toBe(3);
  expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'NETWORK' } });
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
  const passing = await runCli(['test', good, none, '--no-coverage']);
  expect(passing.exitCode, passing.stderr).toBe(0);
  expect(passing.stdout).toBe(
    `${good}: 1 of 1 tests passed in 1 suite\n${none}: no suites (tests/*_test.yaml)\n`,
  );
  const failing = await runCli(['test', good, bad, '--json', '--no-coverage']);
  expect(failing.exitCode, failing.stderr).toBe(1);
  expect(JSON.parse(failing.stdout)).toMatchObject({ charts: [{ ok: true }, { ok: false }] });
});
