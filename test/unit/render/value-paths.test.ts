import { expect, test } from 'vitest';
import { UserError } from '../../../generator/src/errors.ts';
import type { SchemaNode } from '../../../generator/src/model/schema-node.ts';
import { checkValuesUsed } from '../../../generator/src/render/index.ts';
import { valuePaths } from '../../../generator/src/render/value-paths.ts';

const leaf: SchemaNode = { type: 'string' };
const VALUES: SchemaNode = {
  type: 'object',
  properties: {
    worker: {
      type: 'object',
      properties: {
        replicas: leaf,
        probe: { type: 'object', properties: { path: leaf, port: leaf } },
      },
    },
    sparkConf: { type: 'object', additionalProperties: leaf },
  },
};

function problemsOf(files: Record<string, string | Uint8Array>): string[] {
  try {
    checkValuesUsed(VALUES, new Map(Object.entries(files)));
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.map(({ message, path = '' }) => `${message} ${path}`);
  }
}

const ALL = '{{ .Values.worker }}{{ .Values.sparkConf }}';

test.each([
  ['{{ .Values.a.b }}', ['a.b']],
  ['{{ $.Values.a }} {{ .root.Values.b }} {{ $x.Values.c }}', ['a', 'b', 'c']],
  ['{{ if and .Values.a (not .Values.b) }}', ['a', 'b']],
  ['{{/* .Values.a */}} .Values.b {{ "x.Values.c" }}', []],
  ['{{ .Values }} {{ .Valuesx.a }} {{ tpl .Values.a . }}', ['a']],
])('paths of %s', (text, expected) => {
  expect(valuePaths(text).map(({ keys }) => keys.join('.'))).toEqual(expected);
});

test('a path to an object counts for all below it, one below an open map for the map', () => {
  expect(problemsOf({ 'templates/x': ALL })).toEqual([]);
  const paths = ['worker.replicas', 'worker.probe', 'sparkConf.anything'];
  expect(
    problemsOf({ 'templates/x': paths.map((path) => `{{ .Values.${path} }}`).join('') }),
  ).toEqual([]);
});

test('a value no template uses is named, wherever else it is written', () => {
  const files = { 'templates/x': '{{ .Values.worker.probe.path }}', 'README.md': ALL };
  expect(problemsOf(files)).toEqual([
    'no template uses the value worker.replicas',
    'no template uses the value worker.probe.port',
    'no template uses the value sparkConf',
  ]);
});

test('files that are not text are passed over', () => {
  expect(problemsOf({ 'templates/x': ALL, 'templates/y': new Uint8Array([0xff]) })).toEqual([]);
});
