import type { RenderOptions } from '../../generator/src/helm/engine.ts';

/** A chart of a shape that is easily got wrong, and what it is rendered with. */
export interface Shape {
  title: string;
  /** Text by path in the chart. */
  files: Record<string, string>;
  options?: Omit<RenderOptions, 'valuesFiles'>;
  /** Text of a values file. */
  given?: string;
}

const chartYaml = (name: string, more = '') =>
  `apiVersion: v2\nname: ${name}\nversion: 1.2.3\nappVersion: "4"\nicon: https://a.example/i.svg\n${more}`;
const map = (name: string, data: string, metadata = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${metadata}data:\n  it: ${data}\n`;
const schema = (properties: object) => JSON.stringify({ type: 'object', properties });

const DEMO = {
  'Chart.yaml': chartYaml('demo'),
  'values.yaml': 'colour: red\nnested: { a: 1, c: [1, 2] }\n',
  'values.schema.json': schema({ colour: { type: 'string' } }),
  'templates/map.yaml': map('demo', '{{ toJson .Values | quote }}'),
};
const SUB = {
  'charts/sub/Chart.yaml': chartYaml('sub'),
  'charts/sub/values.yaml':
    'size: 1\nenabled: true\nexports: { data: { fromChild: "yes" } }\nglobal: { own: 1 }\n',
  'charts/sub/values.schema.json': schema({ size: { type: 'number' } }),
  'charts/sub/templates/sub.yaml': map(
    '{{ .Chart.Name }}',
    '{{ printf "%v %s" .Template.Name (toJson .Values) | quote }}',
  ),
};
const dependency = (keys: string) =>
  chartYaml('demo', `dependencies:\n  - { name: sub, version: 1.2.3, repository: "", ${keys} }\n`);

const hook = (event: string, weight: number) =>
  `  annotations: { helm.sh/hook: ${event}, helm.sh/hook-weight: "${weight}" }\n`;

export const SHAPES: readonly Shape[] = [
  {
    title: 'values over values, versions and names',
    files: {
      ...DEMO,
      'templates/all.yaml': map('all', '{{ toJson (list .Chart .Release .Capabilities) | quote }}'),
      'templates/NOTES.txt':
        '{{ .Release.Name }} {{ .Chart.Version }} <no value>{{ .Values.none }}',
    },
    given: 'nested: { a: null, d: 12345678901 }\nmore: 1e30\n',
    options: {
      values: { nested: { c: null, ['__proto__']: 1 }, more: 'é\u2028"<&>' },
      releaseName: 'mine',
      namespace: 'there',
      kubeVersion: '1.31.4',
      chartVersion: '9.0.0-rc.1',
      appVersion: '10',
    },
  },
  { title: 'a default that is null', files: { ...DEMO, 'values.yaml': 'a: { b: null }\n' } },
  { title: 'a version that is none', files: DEMO, options: { chartVersion: 'nine' } },
  { title: 'values of no chart', files: { ...DEMO, 'values.yaml': '' } },
  { title: 'a release name that is refused', files: DEMO, options: { releaseName: 'A_b' } },
  { title: 'a Kubernetes version that is none', files: DEMO, options: { kubeVersion: 'new' } },
  { title: 'values that break the schema', files: DEMO, options: { values: { colour: 1 } } },
  { title: 'a values file that is no YAML', files: DEMO, given: 'a: [\n' },
  { title: 'a values file that is a list', files: DEMO, given: '- a\n' },
  {
    title: 'a schema that is none',
    files: { ...DEMO, 'values.schema.json': '{"type":"nothing"}' },
  },
  { title: 'a schema that is no JSON', files: { ...DEMO, 'values.schema.json': '{' } },
  {
    title: 'a schema with a URN, in a subchart too',
    files: {
      ...DEMO,
      ...SUB,
      'values.schema.json': '{"properties":{"colour":{"$ref":"urn:a:b"}}}',
      'charts/sub/values.schema.json': '{"$ref":"urn:a:b"}',
    },
  },
  { title: 'a subchart that is not named', files: { ...DEMO, ...SUB } },
  {
    title: 'a subchart whose schema the values break',
    files: { ...DEMO, ...SUB },
    options: { values: { colour: 2, sub: { size: 'L' } } },
  },
  { title: 'values of a subchart that are no map', files: { ...DEMO, ...SUB }, given: 'sub: 1\n' },
  {
    title: 'a subchart with an alias, a condition, tags and imported values',
    files: {
      ...DEMO,
      ...SUB,
      'Chart.yaml': dependency(
        'alias: other, condition: other.enabled, tags: [a], import-values: [data, { child: global, parent: imported }, none]',
      ),
    },
    given: 'global: { all: 1, own: { no: map } }\nother: { size: 3 }\n',
  },
  {
    title: 'a subchart that its condition disables',
    files: { ...DEMO, ...SUB, 'Chart.yaml': dependency('condition: sub.enabled') },
    given: 'sub: { enabled: false }\n',
  },
  {
    title: 'a condition that is no boolean',
    files: { ...DEMO, ...SUB, 'Chart.yaml': dependency('condition: sub.size') },
  },
  { title: 'a dependency that is missing', files: { ...DEMO, 'Chart.yaml': dependency('') } },
  {
    title: 'values that are a map here and none there',
    files: DEMO,
    given: 'colour: { a: 1 }\nnested: 1\n',
  },
  {
    title: 'CRDs, hooks, tests and partials',
    files: {
      ...DEMO,
      ...SUB,
      'crds/a.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n',
      'crds/b.yaml': 'kind: Other\n',
      'charts/sub/crds/c.yaml': '# Nothing\n',
      'templates/pre.yaml': map('pre', 'a', hook('pre-install', 2)),
      'templates/two.yaml': `${map('one', 'a', hook('pre-install', 1))}---\n${map('two', 'b')}`,
      'templates/tests/t.yaml': map('t', 'a', hook('test', 0)),
      'templates/_x.tpl': '{{ define "x" }}x{{ end }}',
      'templates/NOTES.txt': '{{ include "x" . }}',
      'charts/sub/templates/NOTES.txt': 'not shown',
    },
  },
  { title: 'a library', files: { ...DEMO, 'Chart.yaml': chartYaml('demo', 'type: library\n') } },
  {
    title: 'a chart for another Kubernetes',
    files: { ...DEMO, 'Chart.yaml': chartYaml('demo', 'kubeVersion: ">=1.99"\n') },
  },
  {
    title: 'a chart that is deprecated',
    files: { ...DEMO, 'Chart.yaml': chartYaml('demo', 'deprecated: true\n') },
  },
  {
    title: 'a chart of API v1 with requirements.yaml',
    files: {
      ...DEMO,
      ...SUB,
      'Chart.yaml': chartYaml('demo').replace('v2', 'v1'),
      'requirements.yaml': 'dependencies: [{ name: sub, version: 1.x, repository: "" }]\n',
    },
  },
  {
    title: 'requirements.yaml in a chart of API v2',
    files: { ...DEMO, 'requirements.yaml': 'dependencies: []\n' },
  },
  {
    title: 'a chart of an unknown API',
    files: { ...DEMO, 'Chart.yaml': chartYaml('demo').replace('v2', 'v9') },
  },
  {
    title: 'a chart of API v3',
    files: { ...DEMO, 'Chart.yaml': chartYaml('demo').replace('v2', 'v3') },
  },
  {
    title: 'a chart without a name',
    files: { ...DEMO, 'Chart.yaml': 'apiVersion: v2\nversion: 1.0.0\n' },
  },
  { title: 'no Chart.yaml', files: { 'values.yaml': '' } },
  {
    title: 'a template that does not parse',
    files: { ...DEMO, 'templates/a.yaml': '{{ if }}' },
  },
  {
    title: 'a template that fails',
    files: { ...DEMO, 'templates/a.yaml': '\n\n{{ fail "no: such\n colour" }}' },
  },
  {
    title: 'a value that is required',
    files: { ...DEMO, 'templates/a.yaml': '{{ required "warn: needed" .Values.none }}' },
  },
  {
    title: 'templates that call themselves',
    files: {
      ...DEMO,
      'templates/a.yaml': '{{ define "a" }}{{ template "a" . }}{{ end }}{{ template "a" . }}',
    },
  },
  {
    title: 'an include that includes itself',
    files: {
      ...DEMO,
      'templates/a.yaml': '{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}',
    },
  },
  {
    title: 'YAML that is wrong, after a warning',
    files: {
      ...DEMO,
      'Chart.yaml': chartYaml('demo', 'deprecated: true\n'),
      'templates/a.yaml': map('a', '[\n'),
    },
  },
  {
    title: 'a template that changes the values others see',
    files: {
      ...DEMO,
      'templates/a.yaml':
        '{{ $_ := set .Values "colour" "blue" }}{{ $_ := unset .Values "nested" }}',
    },
  },
  {
    title: 'lint messages of every severity',
    files: {
      ...DEMO,
      'Chart.yaml': 'apiVersion: v2\nname: demo\nversion: "1.2"\nunknown: 1\n',
      'templates/a.txt.json': '{}',
      'templates/old.yaml':
        'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: { name: a_b }\n',
      'templates/indent.yaml': `  ${map('a', 'b').replaceAll('\n', '\n  ')}`,
    },
    options: { kubeVersion: '1.25' },
  },
];
