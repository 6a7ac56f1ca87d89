import { describe, expect, it } from 'vitest';
import { loadKubernetesSchemas } from '../../../generator/src/kubernetes/index.ts';
import type { Json } from '../../../generator/src/model/types.ts';
import { objectOf, withValue } from './objects.ts';
import { endsSoon } from '../../support/ends-soon.ts';

const SCHEMA = ['spec', 'versions', 0, 'schema', 'openAPIV3Schema'];
const DEFINITION = objectOf('CustomResourceDefinition');

/** What is said of a Widget when the chart brings a definition. */
function problemsOf(widget: Json, definition: Json = DEFINITION) {
  const object = { apiVersion: 'example.com/v1', kind: 'Widget', ...(widget as object) };
  return loadKubernetesSchemas().withCustomResources([definition]).checkObject(object, '1.36');
}

function problemsBySchema(spec: Json, schema: Json) {
  const root = { type: 'object', properties: { spec: schema } };
  return problemsOf({ spec }, withValue(DEFINITION, SCHEMA, root));
}

describe('a custom resource', () => {
  it('is checked by the definition that the chart brings', () => {
    expect(problemsOf({ spec: { size: 1, free: { any: [null] }, labels: { a: 'b' } } })).toEqual(
      [],
    );
    expect(problemsOf({ metadata: { lables: {} }, spec: { size: '1', sise: 1 } })).toEqual([
      expect.objectContaining({ kind: 'unknown-field', path: ['metadata', 'lables'] }),
      expect.objectContaining({ kind: 'wrong-type', path: ['spec', 'size'] }),
      expect.objectContaining({ kind: 'unknown-field', path: ['spec', 'sise'] }),
    ]);
    expect(problemsOf({})).toEqual([
      expect.objectContaining({ kind: 'missing-field', path: ['spec'] }),
    ]);
  });

  it('is known to the schemas that were made with its definition only', () => {
    const plain = loadKubernetesSchemas();
    plain.withCustomResources([DEFINITION]);
    const widget = { apiVersion: 'example.com/v1', kind: 'Widget' };
    expect(plain.checkObject(widget, '1.36')).toEqual([
      expect.objectContaining({ kind: 'unchecked-kind' }),
    ]);
    expect(plain.withCustomResources([objectOf('Pod'), null, 'text'])).toBe(plain);
  });

  it('wins over one that is known', () => {
    let definition: Json = DEFINITION;
    for (const [path, value] of [
      [['spec', 'group'], 'monitoring.coreos.com'],
      [['spec', 'names', 'kind'], 'ServiceMonitor'],
    ] as const)
      definition = withValue(definition, path, value);
    const schemas = loadKubernetesSchemas().withCustomResources([definition]);
    const monitor = { apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor', spec: {} };
    expect(loadKubernetesSchemas().checkObject(monitor, '1.36')).toHaveLength(2);
    expect(schemas.checkObject(monitor, '1.36')).toEqual([]);
  });

  it.each<[(string | number)[], Json | undefined]>([
    [[...SCHEMA, 'properties'], 'text'],
    [[...SCHEMA, 'required'], 5],
    [[...SCHEMA, 'properties', 'spec', 'properties', 'size', 'minimum'], 'one'],
    [['spec', 'names'], undefined],
    [['spec', 'versions'], {}],
    [['apiVersion'], 'apiextensions.k8s.io/v1beta1'],
  ])('is not checked by a definition that is wrong: %j %j', (path, value) => {
    const definition = withValue(DEFINITION, path, value);
    expect(problemsOf({ spec: {} }, definition)).toEqual([
      expect.objectContaining({ kind: 'unchecked-kind' }),
    ]);
  });

  it('passes over null in a definition', () => {
    const schema = { type: 'string', pattern: null, enum: null, maxLength: null, properties: null };
    expect(problemsBySchema('text', schema)).toEqual([]);
  });

  it('is of a version that is deprecated, not served or has no schema', () => {
    const version = ['spec', 'versions', 0];
    const widget = { spec: {} };
    expect(problemsOf(widget, withValue(DEFINITION, [...version, 'deprecated'], true))).toEqual([
      expect.objectContaining({ kind: 'api-deprecated' }),
    ]);
    expect(problemsOf(widget, withValue(DEFINITION, [...version, 'served'], false))).toEqual([
      expect.objectContaining({ kind: 'api-removed' }),
    ]);
    const open = withValue(DEFINITION, [...version, 'schema'], undefined);
    expect(problemsOf({ any: { thing: 1 } }, open)).toEqual([]);
  });

  it.each<[string, Json, Json[], Json[]]>([
    ['nullable', { type: 'object', nullable: true, properties: {} }, [null, {}], [1]],
    [
      'required and nullable',
      { type: 'object', required: ['a'], properties: { a: { type: 'string', nullable: true } } },
      [{ a: null }],
      [{}],
    ],
    ['additionalProperties', { type: 'object', additionalProperties: true }, [{ a: [1] }], [1]],
    ['no properties', { type: 'object' }, [{}], [{ a: 1 }]],
    [
      'embedded resource',
      { type: 'object', 'x-kubernetes-embedded-resource': true },
      [{ apiVersion: 'v1', kind: 'A', metadata: {} }],
      [{}, { apiVersion: 'v1', kind: 'A', metadata: { a: 1 } }],
    ],
    [
      'int or string',
      { 'x-kubernetes-int-or-string': true, pattern: '^[a1]$' },
      [1, 7, 'a'],
      ['b', 1.5, {}],
    ],
    [
      'exclusive bounds',
      { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: true },
      [1, 0.1],
      [0, 2],
    ],
    ['multipleOf', { type: 'integer', multipleOf: 5 }, [5, 0], [4]],
    [
      'lengths of text',
      { type: 'string', minLength: 2, maxLength: 2 },
      ['ab', '😀😀'],
      ['a', 'abc', '😀'],
    ],
    [
      'numbers of items',
      { type: 'array', minItems: 1, maxItems: 1, items: { type: 'string' } },
      [['a']],
      [[], ['a', 'b'], [1]],
    ],
    [
      'numbers of properties',
      {
        type: 'object',
        minProperties: 1,
        maxProperties: 1,
        additionalProperties: { type: 'string' },
      },
      [{ a: 'b' }],
      [{}, { a: 'b', c: 'd' }],
    ],
    [
      'allOf',
      {
        type: 'object',
        properties: { a: { type: 'string' } },
        allOf: [{ required: ['a'] }, { properties: { a: { maxLength: 1 } } }],
      },
      [{ a: 'b' }],
      [{}, { a: 'bc' }],
    ],
    [
      'anyOf',
      { type: 'string', anyOf: [{ pattern: '^a' }, { maxLength: 1 }] },
      ['abc', 'b', 'a'],
      ['bc'],
    ],
    [
      'oneOf',
      {
        type: 'object',
        properties: { a: { type: 'string' }, b: { type: 'string' } },
        oneOf: [{ required: ['a'] }, { required: ['b'] }],
      },
      [{ a: '' }, { b: '', a: null }],
      [{}, { a: '', b: '' }],
    ],
    ['not', { type: 'string', not: { enum: ['root'] } }, ['me'], ['root']],
    [
      'enum',
      { enum: ['a', { b: 1 }], additionalProperties: true },
      ['a', { b: 1 }],
      ['b', { b: 2 }],
    ],
    [
      'date-time',
      { type: 'string', format: 'date-time' },
      ['2026-01-31T12:00:00Z'],
      ['2026-01-31'],
    ],
    ['unknown formats', { type: 'string', format: 'colour' }, ['red'], [1]],
    ['Go patterns', { type: 'string', pattern: '^(?i)(on|off)$' }, ['ON'], ['one']],
    ['a reference', { $ref: '#/definitions/none' }, [1, {}], []],
  ])('may use %s', (_, schema, right, wrong) => {
    for (const value of right)
      expect(problemsBySchema(value, schema), JSON.stringify(value)).toEqual([]);
    for (const value of wrong)
      expect(problemsBySchema(value, schema), JSON.stringify(value)).not.toEqual([]);
  });

  it('says which fields there are to choose from', () => {
    const parts = [{ required: ['a'] }, { required: ['b', 'c'] }];
    const properties = { a: { type: 'string' }, b: { type: 'string' }, c: { type: 'string' } };
    const schema = { type: 'object', properties, oneOf: parts };
    expect(problemsBySchema({}, schema)).toEqual([
      { kind: 'missing-field', path: ['spec'], message: 'needs a or b and c' },
    ]);
    expect(problemsBySchema({ a: '', b: '', c: '' }, schema)).toEqual([
      {
        kind: 'invalid-value',
        path: ['spec'],
        message: 'must have a or b and c, not several of them',
      },
    ]);
  });

  it('says the only value there is', () => {
    expect(problemsBySchema('b', { type: 'string', enum: ['a'] })).toEqual([
      {
        kind: 'invalid-value',
        path: ['spec'],
        message: 'must be "a", is the string "b"',
        hint: 'did you mean "a"?',
      },
    ]);
  });

  it('gives up a pattern that takes too long', () => {
    const schema = { type: 'string', pattern: '^(a+)+$' };
    const [problem, ...others] = endsSoon(() => problemsBySchema(`${'a'.repeat(40)}!`, schema));
    expect(others).toEqual([]);
    expect(problem?.message).toContain('takes too long');
    expect(problemsBySchema('aa', schema)).toEqual([]);
  });
});
