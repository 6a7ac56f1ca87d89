import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { loadKubernetesSchemas } from '../../../generator/src/kubernetes/index.ts';
import type { Json } from '../../../generator/src/model/types.ts';
import { changed, objectOf, OBJECTS, withValue } from './objects.ts';

const schemas = loadKubernetesSchemas();
const { minors } = schemas;
const NEWEST = minors.at(-1) ?? '';

const CONTAINER = ['spec', 'containers', 0];
/** What is said of an object of a kind with one value changed; undefined takes it away. */
function problemsOf(kind: string, path: (string | number)[], value: Json | undefined) {
  return schemas.checkObject(withValue(objectOf(kind), path, value), NEWEST);
}

test.each(OBJECTS.map(({ apiVersion, kind, ...rest }) => ({ apiVersion, kind, ...rest })))(
  '$apiVersion $kind is valid on all versions',
  (object) => {
    for (const minor of minors) expect(schemas.checkObject(object, minor)).toEqual([]);
  },
);

describe('a field', () => {
  it.each<[string, (string | number)[], Json, string?]>([
    ['Pod', ['metadata', 'lables'], {}, 'did you mean "labels"?'],
    ['Pod', [...CONTAINER, 'imagePullPolcy'], 'Always', 'did you mean "imagePullPolicy"?'],
    ['Pod', [...CONTAINER, '__proto__'], {}],
    ['Pod', [...CONTAINER, 'constructor'], {}],
    ['ServiceMonitor', ['spec', 'selektor'], {}, 'did you mean "selector"?'],
    ['ServiceMonitor', ['metadata', 'lables'], {}, 'did you mean "labels"?'],
    ['ConfigMap', ['spec'], null],
    [
      'CustomResourceDefinition',
      ['spec', 'versions', 0, 'schema', 'openAPIV3Schema', 'properties', 'a'],
      { additionalProperties: { typ: 'string' } },
      'did you mean "type"?',
    ],
  ])('that %s does not have is unknown: %j', (kind, path, value, hint) => {
    const inner = kind === 'CustomResourceDefinition' ? ['additionalProperties', 'typ'] : [];
    const field = [...path, ...inner];
    expect(problemsOf(kind, path, value)).toEqual([
      {
        kind: 'unknown-field',
        path: field,
        message: `there is no field "${String(field.at(-1))}"`,
        ...(hint !== undefined && { hint }),
      },
    ]);
  });

  it.each<[string, (string | number)[]]>([
    ['Pod', [...CONTAINER, 'name']],
    ['Deployment', ['spec', 'selector']],
    ['Ingress', ['spec', 'rules', 0, 'http', 'paths', 0, 'pathType']],
    ['Certificate', ['spec', 'issuerRef']],
    ['CustomResourceDefinition', ['spec', 'versions', 0, 'served']],
  ])('that %s requires is missing when it is not there or null: %j', (kind, path) => {
    const missing = {
      kind: 'missing-field',
      path,
      message: `the required field "${String(path.at(-1))}" is missing`,
    };
    expect(problemsOf(kind, path, undefined)).toEqual([missing]);
    expect(problemsOf(kind, path, null)).toEqual([missing]);
  });

  it.each<[string, (string | number)[]]>([
    ['Pod', ['spec', 'tolerations']],
    ['Pod', ['metadata', 'labels']],
    ['Pod', [...CONTAINER, 'resources', 'limits', 'cpu']],
    ['Service', ['spec', 'type']],
    ['Certificate', ['spec', 'dnsNames']],
  ])('that %s does not require may be null: %j', (kind, path) => {
    expect(problemsOf(kind, path, null)).toEqual([]);
  });

  it('may be empty where it has a default', () => {
    expect(problemsOf('Pod', [...CONTAINER, 'imagePullPolicy'], '')).toEqual([]);
    expect(problemsOf('Ingress', ['spec', 'rules', 0, 'http', 'paths', 0, 'pathType'], '')).toEqual(
      [expect.objectContaining({ kind: 'invalid-value' })],
    );
  });

  it('may be anything in an object that keeps unknown fields', () => {
    const change = { kind: 'Webhook', any: { thing: [1, null] } };
    const path = ['spec', 'acme', 'solvers', 0, 'dns01'];
    const webhook = { webhook: { groupName: 'a', solverName: 'b', config: change } };
    expect(problemsOf('Issuer', path, webhook)).toEqual([]);
  });
});

describe('a value', () => {
  it.each<[string, (string | number)[], Json, string, string?]>([
    [
      'Pod',
      [...CONTAINER, 'env', 0, 'value'],
      8080,
      'must be a string, is the number 8080',
      'quote',
    ],
    [
      'Pod',
      [...CONTAINER, 'env', 0, 'value'],
      true,
      'must be a string, is the boolean true',
      'quote',
    ],
    ['Pod', [...CONTAINER, 'env'], {}, 'must be a list, is an object'],
    ['Pod', [...CONTAINER, 'args', 0], null, 'must be a string, is null'],
    ['Deployment', ['spec', 'replicas'], '2', 'must be a whole number, is the string "2"', 'leave'],
    ['Deployment', ['spec', 'replicas'], 1.5, 'must be a whole number, is the number 1.5'],
    ['ConfigMap', ['immutable'], 'true', 'must be true or false, is the string "true"', 'leave'],
    ['ConfigMap', ['immutable'], '1', 'must be true or false, is the string "1"'],
    [
      'Service',
      ['spec', 'ports', 0, 'targetPort'],
      true,
      'must be a whole number or a string, is the boolean true',
    ],
    ['Pod', ['metadata'], [], 'must be an object, is a list'],
    [
      'Pod',
      [...CONTAINER, 'resources', 'limits', 'cpu'],
      [],
      'must be a string or a number, is a list',
    ],
    [
      'ServiceMonitor',
      ['spec', 'endpoints', 0, 'port'],
      80,
      'must be a string, is the number 80',
      'quote',
    ],
  ])('of the wrong type in %s: %j', (kind, path, value, message, hint) => {
    const [problem, ...others] = problemsOf(kind, path, value);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ kind: 'wrong-type', path, message });
    expect(problem?.hint?.split(' ')[0]).toBe(hint);
  });

  it.each<[string, (string | number)[], Json, string]>([
    [
      'Pod',
      [...CONTAINER, 'resources', 'limits', 'cpu'],
      '1 core',
      'must be a quantity such as 500m or 1Gi, is "1 core"',
    ],
    [
      'Pod',
      [...CONTAINER, 'imagePullPolicy'],
      'always',
      'must be "Always", "IfNotPresent" or "Never", is the string "always"',
    ],
    ['Secret', ['data', 'password'], 'in clear', 'must be base64, is "in clear"'],
    ['Deployment', ['spec', 'replicas'], 2 ** 31, 'must be a number of 32 bits, is 2147483648'],
    ['Gateway', ['spec', 'listeners', 0, 'port'], 0, 'must be 1 or greater, is 0'],
    ['Gateway', ['spec', 'listeners', 0, 'port'], 65536, 'must be 65535 or less, is 65536'],
    ['Gateway', ['spec', 'gatewayClassName'], '', 'must have 1 characters or more, has 0'],
    [
      'HTTPRoute',
      ['spec', 'hostnames'],
      Array(17).fill('a.example'),
      'must have 16 entries or less, has 17',
    ],
    ['ServiceMonitor', ['spec', 'endpoints', 0, 'interval'], '30', 'must match'],
  ])('that %s may not have: %j %j', (kind, path, value, message) => {
    const [problem, ...others] = problemsOf(kind, path, value);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ kind: 'invalid-value', path });
    expect(problem?.message).toContain(message);
  });

  it('breaks one of the alternatives of its type', () => {
    const path = ['spec', 'versions', 0, 'schema', 'openAPIV3Schema', 'properties', 'a'];
    expect(problemsOf('CustomResourceDefinition', path, { additionalProperties: 5 })).toEqual([
      {
        kind: 'invalid-value',
        path: [...path, 'additionalProperties'],
        message: 'must be true or false, is the number 5; or must be an object, is the number 5',
      },
    ]);
  });
});

describe('an object', () => {
  it.each<[Json, string, string[]]>([
    [null, 'must be an object, is null', []],
    [[], 'must be an object, is a list', []],
    ['text', 'must be an object, is the string "text"', []],
    [{ kind: 'Pod' }, 'the required field "apiVersion" is missing', ['apiVersion']],
    [{ apiVersion: 'v1', kind: null }, 'the required field "kind" is missing', ['kind']],
    [{ apiVersion: 1, kind: 'Pod' }, 'must be a string, is the number 1', ['apiVersion']],
  ])('%j says which kind it is of', (object, message, path) => {
    expect(schemas.checkObject(object, NEWEST)).toEqual([
      expect.objectContaining({ message, path }),
    ]);
  });

  it('of any shape is checked without an exception', () => {
    const objects = fc
      .constantFrom(...OBJECTS)
      .chain(changed)
      .chain(changed);
    fc.assert(
      fc.property(objects, fc.constantFrom(...minors), (object, minor) => {
        for (const { message } of schemas.checkObject(object, minor)) expect(message).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});
