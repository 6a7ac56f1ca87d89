import { expect, test } from 'vitest';
import { runHelm, withHelm } from '../../generator/src/helm/helm.ts';
import { readLintOutput } from '../../generator/src/helm/lint-output.ts';
import { lintCharts } from '../../generator/src/lint/lint.ts';
import { useTools } from '../support/tools.ts';
import { writeChart } from '../unit/lint/chart.ts';

useTools('helm-4', 'helm-engine');

const CHART = 'apiVersion: v2\nname: demo\nversion: 1.0.0\nicon: https://a.example/i.svg\n';
const map = (name: string, more = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${more}`;
const deployment = (spec: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: demo\nspec:\n${spec}`;

/** One defect each, of every kind that Helm's lint knows (pkg/chart/v2/lint/rules of Helm 4.3). */
const DEFECTS: Record<string, Record<string, string>> = {
  'no name': { 'Chart.yaml': CHART.replace('name: demo\n', '') },
  'a name with a slash': { 'Chart.yaml': CHART.replace('demo', 'a/demo') },
  'no API version': { 'Chart.yaml': CHART.replace('apiVersion: v2\n', '') },
  'an unknown API version': { 'Chart.yaml': CHART.replace('v2', 'v9') },
  'no version': { 'Chart.yaml': CHART.replace('version: 1.0.0\n', '') },
  'a version that is no SemVer': { 'Chart.yaml': CHART.replace('1.0.0', 'one') },
  'a version that is a number': { 'Chart.yaml': CHART.replace('1.0.0', '1.2') },
  'a version that is not strict': { 'Chart.yaml': CHART.replace('1.0.0', 'v1.0') },
  'an appVersion that is a number': { 'Chart.yaml': `${CHART}appVersion: 4.3\n` },
  'a maintainer without a name': { 'Chart.yaml': `${CHART}maintainers:\n  - email: a@b.example\n` },
  'a wrong e-mail': { 'Chart.yaml': `${CHART}maintainers:\n  - name: a\n    email: b\n` },
  'a wrong source': { 'Chart.yaml': `${CHART}sources: ["nowhere"]\n` },
  'a wrong icon': { 'Chart.yaml': CHART.replace('https://a.example/i.svg', 'i') },
  'no icon': { 'Chart.yaml': CHART.replace(/icon.*\n/, '') },
  'an unknown key': { 'Chart.yaml': `${CHART}colour: red\n` },
  'a key twice': { 'Chart.yaml': `${CHART}version: 1.0.0\n` },
  'a Chart.yaml that is no YAML': { 'Chart.yaml': 'name: [\n' },
  'a type in v1': { 'Chart.yaml': `${CHART.replace('v2', 'v1')}type: application\n` },
  'a dependency that is not there': {
    'Chart.yaml': `${CHART}dependencies:\n  - { name: sub, version: 1.0.0, repository: "https://a.example" }\n`,
  },
  'a subchart that is not declared': {
    'charts/sub/Chart.yaml': CHART.replace('demo', 'sub'),
  },
  'two dependencies of one name': {
    'Chart.yaml': `${CHART}dependencies:\n${'  - { name: sub, version: 1.0.0, repository: "" }\n'.repeat(2)}`,
    'charts/sub/Chart.yaml': CHART.replace('demo', 'sub'),
  },
  'values that are no YAML': { 'values.yaml': 'a: [\n' },
  'values that break the schema': {
    'values.schema.json': '{"properties":{"colour":{"type":"integer"}}}',
  },
  'a file of another type among the templates': { 'templates/a.json': '{}' },
  'a template that does not parse': { 'templates/a.yaml': '{{ if }}' },
  'a template that fails': { 'templates/a.yaml': map('a', 'data: {{ .Values.a.b.c }}\n') },
  'a template that renders no YAML': { 'templates/a.yaml': map('a', 'data: [\n') },
  'a first line that is indented': {
    'templates/a.yaml': `  ${map('a').replaceAll('\n', '\n  ')}\n`,
  },
  'a name that Kubernetes refuses': { 'templates/a.yaml': map('A_b') },
  'a Deployment without a selector': {
    'templates/a.yaml': deployment('  template:\n    metadata: {}\n'),
  },
  'a removed API version': {
    'templates/a.yaml': 'apiVersion: batch/v1beta1\nkind: CronJob\nmetadata:\n  name: demo\n',
  },
  'a list whose items are to be kept': {
    'templates/a.yaml': `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata:\n      name: a\n      annotations: { helm.sh/resource-policy: keep }\n`,
  },
  'a CRD of another kind': { 'crds/a.yaml': map('a') },
  'a CRD that is no YAML': { 'crds/a.yaml': 'a: [\n' },
};

test.each(Object.entries(DEFECTS))('%s: nothing that helm lint says is lost', async (_, files) => {
  const chart = await writeChart(files);
  const lint = await withHelm('helm-4', console.log, (helm) =>
    runHelm(helm, ['lint', '--strict', '--kube-version=1.36', chart]),
  );
  const messages = readLintOutput(lint.stdout);
  const { findings } = await lintCharts([chart], {
    kubeVersions: ['1.36'],
    progress: console.log,
  });
  if (lint.exitCode !== 0)
    expect(findings.map(({ severity }) => severity)).toContainEqual(
      expect.stringMatching(/error|warning/),
    );
  expect(messages.length + lint.exitCode).toBeGreaterThan(0);
  for (const { severity, message } of messages) {
    const text = message.replace(/\s*Use --debug flag.*$/s, '');
    expect(findings).toContainEqual(
      expect.objectContaining({
        severity,
        message: expect.toSatisfy((m: string) => isSame(m, text)) as string,
      }),
    );
  }
});

/** A finding leaves out what its place says, and a list of errors becomes a finding each. */
function isSame(found: string, text: string): boolean {
  return found.includes(text) || text.includes(found.replace(/^invalid YAML: /, ''));
}
