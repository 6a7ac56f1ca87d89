import { expect, test } from 'vitest';
import type { LintedChart } from '../../../../generator/src/lint/chart.ts';
import { formatPath, locate } from '../../../../generator/src/lint/locate/locate.ts';
import { readManifests } from '../../../../generator/src/lint/manifests.ts';
import type { Place } from '../../../../generator/src/lint/rule.ts';

const TEMPLATE = `{{- range .Values.names }}
---
apiVersion: v1
kind: List
items:
  - kind: ConfigMap
    metadata:
      name: {{ . }}
  - kind: Secret
    metadata:
      name: {{ . }}-secret
      labels:
        {{- include "labels" $ | nindent 8 }}
{{- end }}
`;
const RENDERED = ['a', 'b'].map(
  (name) => `---
# Source: demo/templates/lists.yaml
apiVersion: v1
kind: List
items:
  - kind: ConfigMap
    metadata:
      name: ${name}
  - kind: Secret
    metadata:
      name: ${name}-secret
      labels:
        app: demo
`,
);
const CHART: LintedChart = {
  path: 'demo',
  digest: '',
  isArchive: false,
  files: new Map([['templates/lists.yaml', TEMPLATE]]),
  cases: [],
};
const { objects, manifests } = readManifests(RENDERED.join(''));
const RULE = { id: 'a', severity: 'info', remedy: 'b' } as const;

function placeOf(place: Place) {
  const { file, line, column, excerpt, object, path } = locate(CHART, RULE, {
    message: 'm',
    place,
  });
  return [file, line, column, excerpt?.trim(), object, path];
}

test('an item of a list in the second turn of a loop', () => {
  const object = objects[3];
  if (!object) throw new Error('no object');
  const file = 'templates/lists.yaml';
  const [name, label] = ['Secret/b-secret', 'metadata.labels.app'];
  expect(placeOf({ object, path: ['metadata', 'name'] })).toEqual([
    file,
    11,
    7,
    'name: {{ . }}-secret',
    name,
    'metadata.name',
  ]);
  const call = '{{- include "labels" $ | nindent 8 }}';
  expect(placeOf({ object, path: ['metadata', 'labels', 'app'] })).toEqual([
    file,
    13,
    9,
    call,
    name,
    label,
  ]);
  expect(placeOf({ object, path: ['metadata', 'annotations', 'x'] })).toEqual([
    file,
    10,
    5,
    'metadata:',
    name,
    'metadata.annotations.x',
  ]);
  expect(placeOf({ object })).toEqual([file, 9, 3, '- kind: Secret', name, undefined]);
});

test('a line of a document, and one of a file that there is not', () => {
  const [manifest] = manifests.filter(({ file }) => file !== '');
  if (!manifest) throw new Error('no manifest');
  const line = manifest.text.split('\n').findIndex((text) => text.includes('name: a-secret')) + 1;
  expect(placeOf({ manifest, line })).toEqual([
    'templates/lists.yaml',
    11,
    7,
    'name: {{ . }}-secret',
    undefined,
    undefined,
  ]);
  expect(placeOf({ manifest: { ...manifest, file: 'templates/none.yaml' }, line })).toEqual([
    'templates/none.yaml',
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test.each([
  [['spec', 'containers', 0, 'image'], 'spec.containers[0].image'],
  [['metadata', 'labels', 'app.kubernetes.io/name'], 'metadata.labels["app.kubernetes.io/name"]'],
  [['a"b'], '["a\\"b"]'],
  [[], ''],
])('%j is written %s', (path, text) => {
  expect(formatPath(path)).toBe(text);
});
