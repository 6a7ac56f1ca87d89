import { expect, test } from 'vitest';
import { mayAskForVersion } from '../../../generator/src/lint/version-use.ts';

const asks = (files: Record<string, string>) =>
  mayAskForVersion({
    path: 'demo',
    digest: '',
    isArchive: false,
    cases: [],
    files: new Map(Object.entries({ 'Chart.yaml': 'kubeVersion: ">=1.31.0-0 <2"\n', ...files })),
  });

test.each([
  ['a template', { 'templates/a.yaml': '{{ .Capabilities.KubeVersion }}' }],
  ['a template of a subchart', { 'charts/sub/templates/_a.tpl': '{{ $.Capabilities }}' }],
  ['a value', { 'values.yaml': 'a: "{{ .Capabilities }}"' }],
  ['a value of a case', { 'ci/a-values.yaml': 'a: "{{ .Capabilities }}"' }],
  ['a file', { 'files/a': '{{ index . "Capabilities" }}' }],
  ['a packed subchart', { 'charts/sub-1.0.0.tgz': '' }],
  ['a constraint with a gap', { 'Chart.yaml': 'kubeVersion: ">=1.31 !=1.33"\n' }],
  [
    'a constraint of several lines',
    { 'Chart.yaml': 'kubeVersion: >-\n  <1.33.0-0\n  || >=1.35.0-0\n' },
  ],
  ['a wildcard', { 'Chart.yaml': 'kubeVersion: "1.3*"\n' }],
  ['a Chart.yaml that is none', { 'Chart.yaml': 'a: [' }],
  ['alternatives', { 'charts/sub/Chart.yaml': 'kubeVersion: "<1.32 || >1.34"\n' }],
])('%s may ask', (_, files) => {
  expect(asks(files)).toBe(true);
});

test.each([
  ['nothing', {}],
  ['no constraint', { 'Chart.yaml': 'name: a\n' }],
  ['a range with commas and blanks', { 'Chart.yaml': 'kubeVersion: ">= 1.31.0-0, < v1.40"\n' }],
  ['capabilities of a container', { 'templates/a.yaml': 'capabilities: { drop: [ALL] }' }],
  ['the schema, which no template can read', { 'values.schema.json': '"core.v1.Capabilities"' }],
])('%s cannot', (_, files) => {
  expect(asks(files)).toBe(false);
});
