import { describe, expect, test } from 'vitest';
import { withHelm } from '../../../generator/src/helm/helm.ts';
import type { Finding } from '../../../generator/src/lint/finding.ts';
import { helmLint } from '../../../generator/src/lint/helm-lint.ts';
import { lintCharts } from '../../../generator/src/lint/lint.ts';
import { useTools } from '../../support/tools.ts';
import { writeChart } from './chart.ts';

useTools('helm-4');

async function lint(chart: string, kubeVersions = ['1.36']) {
  return lintCharts([chart], { kubeVersions, progress: console.log });
}

async function findingsOf(files: Record<string, string>): Promise<Finding[]> {
  return (await lint(await writeChart(files))).findings;
}

/** A ConfigMap whose one entry is an expression. */
function map(expression: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other\ndata:\n  entry: ${expression}\n`;
}

test('a sound chart has no finding', async () => {
  const chart = await writeChart();
  expect(await lint(chart)).toEqual({ charts: [{ chart, cells: 1 }], findings: [] });
});

describe('one defect, one finding', () => {
  test('Helm’s own lint', async () => {
    expect(
      await findingsOf({ 'Chart.yaml': 'apiVersion: v2\nname: demo\nversion: 1.0.0\n' }),
    ).toEqual([
      expect.objectContaining({
        rule: 'helm-lint',
        severity: 'info',
        file: 'Chart.yaml',
        message: 'icon is recommended',
      }),
    ]);
  });

  test('an API version that the Kubernetes version no longer has', async () => {
    const chart = await writeChart({
      'templates/job.yaml': 'apiVersion: batch/v1beta1\nkind: CronJob\nmetadata:\n  name: demo\n',
    });
    expect((await lint(chart, ['1.24', '1.36'])).findings).toEqual([
      expect.objectContaining({
        rule: 'helm-lint',
        severity: 'warning',
        file: 'templates/job.yaml',
        cells: [
          { case: 'default', kubeVersion: '1.24' },
          { case: 'default', kubeVersion: '1.36' },
        ],
      }),
    ]);
  });

  test('a template that fails, with its line', async () => {
    expect(await findingsOf({ 'templates/other.yaml': map('{{ .Values.a.b }}') })).toEqual([
      expect.objectContaining({
        rule: 'helm-template',
        severity: 'error',
        file: 'templates/other.yaml',
        line: 6,
        message: expect.stringContaining('nil pointer') as string,
      }),
    ]);
  });

  test.each([
    ['required', '{{ required "name it" .Values.name }}'],
    ['fail', '{{ fail "name it" }}'],
  ])('%s, which helm lint mutes', async (_, expression) => {
    const findings = await findingsOf({ 'templates/other.yaml': map(expression) });
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: 'helm-template',
        file: 'templates/other.yaml',
        line: 6,
        message: expect.stringContaining('name it') as string,
      }),
    );
  });

  test('values that do not fit the schema', async () => {
    const schema = JSON.stringify({ properties: { colour: { type: 'integer' } } });
    const findings = await findingsOf({ 'values.schema.json': schema });
    expect(findings).toEqual([
      expect.objectContaining({
        rule: 'helm-template',
        file: 'values.yaml',
        message: expect.stringContaining("at '/colour'") as string,
      }),
    ]);
  });

  test.each([
    ['one case', { 'ci/b-values.yaml': 'colour: 1\n' }, 'ci/b-values.yaml'],
    ['all cases', { 'values.yaml': 'colour: 1\n', 'ci/b-values.yaml': '' }, 'values.yaml'],
  ])('values of %s that do not fit the schema', async (_, files, file) => {
    const schema = JSON.stringify({ properties: { colour: { type: 'string' } } });
    const all = { 'values.schema.json': schema, 'ci/a-values.yaml': 'other: 1\n', ...files };
    expect(await findingsOf(all)).toEqual([
      expect.objectContaining({ rule: 'helm-template', file }),
    ]);
  });

  test('YAML that cannot be parsed', async () => {
    expect(await findingsOf({ 'templates/other.yaml': map('a: b') })).toEqual([
      expect.objectContaining({
        rule: 'helm-template',
        file: 'templates/other.yaml',
        message: expect.stringMatching(/^invalid YAML: /) as string,
      }),
    ]);
  });

  test('a key twice in one object, which Helm lets pass', async () => {
    const text = `${map('a')}  entry: b\n`;
    expect(await findingsOf({ 'templates/other.yaml': text })).toEqual([
      expect.objectContaining({ rule: 'rendered-yaml', file: 'templates/other.yaml' }),
    ]);
  });

  test.each([
    ['{{ printf "%v" .Values.absent | quote }}', 'entry: "<nil>"'],
    ['{{ printf "%s" .Values.absent | quote }}', 'entry: "%!s(<nil>)"'],
    ['{{ printf "%d" .Values.colour | quote }}', 'entry: "%!d(string=red)"'],
  ])('%s leaves Go’s text', async (expression, rendered) => {
    expect(await findingsOf({ 'templates/other.yaml': map(expression) })).toEqual([
      expect.objectContaining({
        rule: 'go-format-text',
        severity: 'error',
        file: 'templates/other.yaml',
        message: expect.stringContaining(rendered) as string,
      }),
    ]);
  });

  test('an object that is rendered twice', async () => {
    const text = map('a').replace('name: other', 'name: demo');
    expect(await findingsOf({ 'templates/other.yaml': text })).toEqual([
      expect.objectContaining({
        rule: 'duplicate-object',
        file: 'templates/other.yaml',
        message: 'renders ConfigMap demo a second time; the first is in templates/map.yaml',
      }),
    ]);
  });

  test('a values file that is not YAML', async () => {
    expect(await findingsOf({ 'ci/broken-values.yaml': 'a: [' })).toEqual([
      expect.objectContaining({
        rule: 'helm-template',
        severity: 'error',
        file: 'ci/broken-values.yaml',
        line: 1,
        message: expect.stringMatching(/^invalid YAML: did not find/) as string,
      }),
    ]);
  });

  test('a value that Helm passes over', async () => {
    const findings = await findingsOf({
      'values.yaml': 'colour: red\nimage: { tag: "1" }\n',
      'ci/odd-values.yaml': 'image: { tag: { a: b } }\n',
    });
    expect(findings).toEqual([
      expect.objectContaining({
        rule: 'helm-warning',
        severity: 'warning',
        message: expect.stringContaining('demo.image.tag') as string,
      }),
    ]);
  });
});

test('findings of several cases and versions are reported once, with their cells', async () => {
  const chart = await writeChart({
    'ci/a-values.yaml': 'bad: true\n',
    'ci/b-values.yaml': 'bad: true\n',
    'ci/c-values.yaml': 'bad: false\n',
    'ci/notes.txt': '',
    'templates/other.yaml': `{{ if .Values.bad }}\n${map('"<nil>"')}{{ end }}\n`,
  });
  const report = await lint(chart, ['1.31', '1.36']);
  expect(report.charts).toEqual([{ chart, cells: 6 }]);
  expect(report.findings.map(({ rule, cells }) => ({ rule, cells }))).toEqual([
    {
      rule: 'go-format-text',
      cells: [
        { case: 'a', kubeVersion: '1.31' },
        { case: 'a', kubeVersion: '1.36' },
        { case: 'b', kubeVersion: '1.31' },
        { case: 'b', kubeVersion: '1.36' },
      ],
    },
  ]);
});

test('objects of one name in other kinds, groups, namespaces and hooks are no duplicates', async () => {
  const object = (apiVersion: string, kind: string, metadata = '') =>
    `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: same\n${metadata}`;
  const findings = await findingsOf({
    'templates/other.yaml': [
      object('v1', 'Service'),
      object('v1', 'ConfigMap'),
      object('serving.knative.dev/v1', 'Service'),
      object('v1', 'ConfigMap', '  namespace: other\n'),
      object('v1', 'ConfigMap', '  annotations: { helm.sh/hook: pre-install }\n'),
    ].join(''),
  });
  expect(findings).toEqual([]);
});

test('a failure of helm lint that has no message of its own is still a finding', async () => {
  const chart = await writeChart({ 'ci/broken-values.yaml': 'a: [' });
  const options = { valuesFiles: [`${chart}/ci/broken-values.yaml`] };
  const observations = await withHelm('helm-4', console.log, (helm) =>
    helmLint(helm, chart, options, new AbortController().signal),
  );
  expect(observations).toEqual([
    {
      rule: 'helm-lint',
      severity: 'error',
      file: 'ci/broken-values.yaml',
      line: 1,
      message: expect.stringMatching(/^invalid YAML: /) as string,
    },
  ]);
});

test('a library chart is linted without being rendered', async () => {
  const chart =
    'apiVersion: v2\nname: demo\nversion: 1.0.0\ntype: library\nicon: https://a.b/c.svg\n';
  expect(await findingsOf({ 'Chart.yaml': chart })).toEqual([]);
});

test('a chart that Helm cannot load at all is a finding', async () => {
  const findings = await findingsOf({ 'Chart.yaml': 'name: [\n' });
  expect(findings.map(({ severity }) => severity)).toContain('error');
});
