import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../generator/src/lint/finding.ts';
import { lintCharts } from '../../../generator/src/lint/lint.ts';
import { useTools } from '../../support/tools.ts';
import { writeChart } from './chart.ts';

useTools('helm-4', 'helm-engine');

async function lint(chart: string, kubeVersions = ['1.36']) {
  return lintCharts([chart], { kubeVersions, progress: console.log });
}

async function findingsOf(
  files: Record<string, string>,
  kubeVersions?: string[],
): Promise<Finding[]> {
  return (await lint(await writeChart(files), kubeVersions)).findings;
}

/** A ConfigMap whose one entry is an expression, on the last line. */
function map(expression: string, name = 'other'): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  labels:
    app.kubernetes.io/name: demo
    app.kubernetes.io/instance: {{ .Release.Name | quote }}
    app.kubernetes.io/managed-by: {{ .Release.Service }}
    app.kubernetes.io/version: "1"
    helm.sh/chart: demo-1.0.0
data:
  entry: ${expression}
`;
}

const CHART = 'apiVersion: v2\nname: demo\nversion: 1.0.0\n';
const EXPRESSION_LINE = 12;

test('a sound chart has no finding', async () => {
  const chart = await writeChart();
  expect(await lint(chart, ['1.31', '1.36'])).toEqual({
    kubeVersions: ['1.31', '1.36'],
    charts: [{ chart, cases: ['default'], cells: 2 }],
    findings: [],
    suppressed: [],
  });
});

describe('one defect, one finding', () => {
  test('Helm’s own lint', async () => {
    expect(await findingsOf({ 'Chart.yaml': CHART })).toEqual([
      expect.objectContaining({
        rule: 'helm-chartfile',
        severity: 'info',
        file: 'Chart.yaml',
        message: 'icon is recommended',
      }),
    ]);
  });

  test('an API version that Kubernetes no longer has, of which Helm tells as well', async () => {
    const job = map('a').replace('v1', 'batch/v1beta1').replace('ConfigMap', 'CronJob');
    const findings = await findingsOf({ 'templates/job.yaml': job }, ['1.31', '1.36']);
    expect(findings.map(({ rule, cells }) => [rule, cells.length])).toEqual([
      ['helm-templates', 2],
    ]);
  });

  test.each([
    ['.Values.a.b', 'nil pointer', 20],
    // `helm lint` mutes these two.
    ['required "name it" .Values.name', 'name it', 13],
    ['fail "name it"', 'name it', 13],
  ])('a template that fails, with its place: %s', async (expression, message, column) => {
    const template = map(`{{ ${expression} }}`);
    const findings = await findingsOf({ 'templates/other.yaml': template });
    expect(findings.filter(({ rule }) => rule !== 'unknown-value')).toEqual([
      expect.objectContaining({
        rule: 'helm-template',
        severity: 'error',
        file: 'templates/other.yaml',
        line: EXPRESSION_LINE,
        column,
        excerpt: `  entry: {{ ${expression} }}`,
        message: expect.stringContaining(message) as string,
      }),
    ]);
  });

  test('notes that fail', async () => {
    const findings = await findingsOf({ 'templates/NOTES.txt': 'a\n{{ fail "no notes" }}\n' });
    expect(findings).toEqual([
      expect.objectContaining({ rule: 'notes-failure', file: 'templates/NOTES.txt', line: 2 }),
    ]);
  });

  test.each([
    ['the chart', { 'values.yaml': 'colour: 1\n' }, 'values.yaml', 1],
    ['one case', { 'ci/b-values.yaml': '# b\ncolour: 1\n' }, 'ci/b-values.yaml', 2],
  ])('values of %s that do not fit the schema, at their place', async (_, files, file, line) => {
    const properties = { colour: { type: 'string' } };
    const findings = await findingsOf({
      'values.schema.json': JSON.stringify({ properties }),
      'ci/a-values.yaml': '',
      ...files,
    });
    expect(findings.filter(({ rule }) => rule === 'helm-values')).toEqual([
      expect.objectContaining({
        file,
        line,
        column: 1,
        path: 'colour',
        message: "at '/colour': got number, want string",
      }),
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
      'templates/other.yaml': map('{{ .Values.image.tag | quote }}'),
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
  const bad = `{{ if .Values.bad }}\n${map('"<nil>"')}{{ end }}\n`;
  const chart = await writeChart({
    'values.yaml': 'colour: red\nbad: false\n',
    'ci/a-values.yaml': 'bad: true\n',
    'ci/b-values.yaml': 'bad: true\n',
    'ci/c-values.yaml': 'bad: false\n',
    'ci/notes.txt': '',
    'templates/other.yaml': bad,
  });
  const report = await lint(chart, ['1.31', '1.36']);
  expect(report.charts).toEqual([{ chart, cases: ['a', 'b', 'c'], cells: 6 }]);
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

test('cells come by case and version, whichever was rendered first', async () => {
  const versions = ['1.33', '1.34', '1.35', '1.36'];
  const [finding] = await findingsOf({ 'templates/other.yaml': map('"<nil>"') }, versions);
  expect(finding?.cells.map(({ kubeVersion }) => kubeVersion)).toEqual(versions);
});

test('what differs between Kubernetes versions is told of these only', async () => {
  const guard = '{{ if semverCompare ">=1.34-0" .Capabilities.KubeVersion.Version }}';
  const template = `${guard}\n${map('"<nil>"')}{{ end }}\n`;
  const findings = await findingsOf({ 'templates/other.yaml': template }, ['1.33', '1.34', '1.35']);
  expect(findings.map(({ cells }) => cells.map(({ kubeVersion }) => kubeVersion))).toEqual([
    ['1.34', '1.35'],
  ]);
});

test.each([
  [['1.31', '1.32', '1.33', '1.34'], 'info', 2],
  [['1.31', '1.32'], 'error', 2],
])(
  'a chart that is not for old versions of Kubernetes, on %j',
  async (versions, severity, cells) => {
    const chart = `${CHART}icon: https://a.example/i.svg\nkubeVersion: ">=1.33.0-0"\n`;
    const findings = await findingsOf({ 'Chart.yaml': chart }, versions);
    const told = findings.filter(({ rule }) => rule === 'helm-template');
    expect(told).toMatchObject([
      { severity, file: 'Chart.yaml', message: 'chart requires kubeVersion: >=1.33.0-0' },
    ]);
    expect(told[0]?.cells.map(({ kubeVersion }) => kubeVersion)).toEqual(versions.slice(0, cells));
  },
);

test('values that cannot be read are told once, and nothing follows from it', async () => {
  const findings = await findingsOf({ 'values.yaml': 'colour: red\n bad: [\n' });
  expect(findings.map(({ rule }) => rule)).not.toContain('unknown-value');
  expect(findings.map(({ severity }) => severity)).toContain('error');
});

test('aliases that expand to too much are told, and do no harm', async () => {
  const lines = Array.from({ length: 9 }, (_, index) =>
    index === 0 ? 'a0: &a0 [x, x]' : `a${index}: &a${index} [${`*a${index - 1}, `.repeat(9)}]`,
  );
  const values = `colour: red\n${lines.join('\n')}\n`;
  const findings = await findingsOf({ 'values.yaml': values });
  expect(findings.map(({ severity }) => severity)).toContain('error');
});

test('a chart whose dependencies are not there is told, whatever its cases', async () => {
  const dependencies =
    'dependencies: [{ name: sub, version: 1.0.0, repository: "https://a.example" }]';
  const findings = await findingsOf({
    'Chart.yaml': `${CHART}icon: https://a.example/i.svg\n${dependencies}\n`,
    'ci/a-values.yaml': 'colour: blue\n',
    'values.schema.json': '{}',
  });
  expect(findings.map(({ rule }) => rule)).toContain('helm-template');
});

test('of a subchart only what the cluster refuses is told', async () => {
  const findings = await findingsOf({
    'Chart.yaml': `${CHART}icon: https://a.example/i.svg\ndependencies: [{ name: sub, version: 1.0.0, repository: "" }]\n`,
    'charts/sub/Chart.yaml': CHART.replace('demo', 'sub'),
    'charts/sub/templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n',
    'charts/sub/templates/b.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\ndatum: {}\n',
  });
  expect(findings.map(({ rule, file }) => [rule, file])).toEqual([
    ['kubernetes-unknown-field', 'charts/sub/templates/b.yaml'],
  ]);
});

test('a library chart is linted without being rendered', async () => {
  const library = `${CHART}type: library\nicon: https://a.b/c.svg\n`;
  expect(await findingsOf({ 'Chart.yaml': library })).toEqual([]);
});

test('a chart that Helm cannot load at all is a finding', async () => {
  const findings = await findingsOf({ 'Chart.yaml': 'name: [\n' });
  expect(findings.map(({ severity }) => severity)).toContain('error');
});
