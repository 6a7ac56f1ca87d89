import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verdictOn } from '../../../../generator/src/lint/values/schema.ts';
import { describedValues } from '../../../../generator/src/lint/values/schema-values.ts';
import type { Json } from '../../../../generator/src/model/types.ts';

type Path = readonly string[];

const KEYS = ['a', 'b', 'c'];

/** @param plain nodes without parts. */
function schemas(plain: readonly Json[]): fc.Arbitrary<Json> {
  return fc.letrec<{ node: Json }>((tie) => {
    const some = fc.array(tie('node'), { minLength: 1, maxLength: 2 });
    const keys = fc.constantFrom(...KEYS);
    const parts = {
      type: fc.constantFrom<Json>('object', 'string', ['object', 'null'], 'array'),
      properties: fc.dictionary(keys, tie('node'), { maxKeys: 2 }),
      patternProperties: fc.dictionary(fc.constantFrom('^a', 'b$', '.'), tie('node')),
      additionalProperties: tie('node'),
      items: tie('node'),
      allOf: some,
      anyOf: some,
      oneOf: some,
      if: tie('node'),
      then: tie('node'),
    };
    const node = fc.record(parts, { requiredKeys: [] }) as fc.Arbitrary<Json>;
    return { node: fc.oneof({ maxDepth: 2 }, fc.constantFrom(...plain), node) };
  }).node;
}

const PLAIN: readonly Json[] = [true, false, {}, { type: 'string' }];

/** A value that has something at a path. */
function valueAt(path: Path, leaf: Json): Json {
  return path.reduceRight<Json>((value, key) => ({ [key]: value }), leaf);
}

test('what is refused no value can have', () => {
  const leaves: Json[] = [null, 'a', 1, true, {}, []];
  let refused = 0;
  fc.assert(
    fc.property(
      schemas([...PLAIN, { $ref: '#/definitions/a' }]),
      schemas(PLAIN),
      fc.array(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 3 }),
      (node, definition, path) => {
        const schema = { allOf: [node], definitions: { a: definition } };
        if (verdictOn(schema, path) !== 'refused') return;
        refused += 1;
        const validate = new Ajv({ strict: false, logger: false }).compile(schema);
        for (const leaf of leaves) expect(validate(valueAt(path, leaf))).toBe(false);
      },
    ),
    { numRuns: 200 },
  );
  expect(refused).toBeGreaterThan(20);
});

describe.each([
  ['properties', { properties: { a: { properties: { b: {} } } } }],
  [
    'a reference',
    { properties: { a: { $ref: '#/x/y~1z' } }, x: { 'y/z': { properties: { b: {} } } } },
  ],
  [
    'one of several',
    { properties: { a: { oneOf: [{ type: 'null' }, { properties: { b: {} } }] } } },
  ],
  ['a condition', { if: {}, then: { properties: { a: { properties: { b: {} } } } } }],
  ['a map', { properties: { a: { additionalProperties: true } } }],
  ['a free map', { properties: { a: { type: ['object', 'null'] } } }],
  ['a pattern', { patternProperties: { '^a$': { patternProperties: { b: {} } } } }],
  ['a pattern that is not tried', { properties: { a: { patternProperties: { '(b+)+$': {} } } } }],
])('%s', (_, schema) => {
  test('describes', () => {
    expect(verdictOn(schema, ['a', 'b'])).toBe('described');
  });
});

test.each<[Json, Path, string]>([
  [{ properties: { a: { properties: { b: {} } } } }, ['a', 'c'], 'admitted'],
  [{ properties: { a: true } }, ['a', 'b'], 'admitted'],
  [{ properties: { a: { $ref: 'https://a.example/s.json' } } }, ['a', 'b'], 'admitted'],
  [{ allOf: [{ $ref: '#' }, { $ref: '#' }] }, ['a'], 'admitted'],
  [{ if: { type: 'string' }, then: false }, ['a'], 'admitted'],
  [{ properties: { a: { type: 'string' } } }, ['a', 'b'], 'refused'],
  [{ properties: { a: {} }, additionalProperties: false }, ['b'], 'refused'],
  [{ allOf: [{ additionalProperties: false }, { properties: { a: {} } }] }, ['a'], 'refused'],
  [{ additionalProperties: false }, ['__proto__'], 'refused'],
])('%j of %j is %s', (schema, path, verdict) => {
  expect(verdictOn(schema, path)).toBe(verdict);
});

test('an unknown key is refused where all keys are', () => {
  const item = { properties: { b: {} }, additionalProperties: false };
  expect(verdictOn({ properties: { a: { items: item } } }, ['a', null, 'c'])).toBe('refused');
  expect(verdictOn({ properties: { x: item, y: {} } }, [null, 'c'])).toBe('admitted');
});

test('values are described once, with what they require', () => {
  const schema = {
    required: ['a'],
    properties: { a: { $ref: '#/definitions/a' }, b: { deprecated: true } },
    allOf: [{ required: ['b'], properties: { b: {} } }],
    definitions: { a: { properties: { c: { type: 'string' } } }, b: { $ref: '#/definitions/b' } },
  };
  expect(describedValues(schema)).toEqual([
    { path: ['a'], isLeaf: false, isRequired: true, isDeprecated: false },
    { path: ['a', 'c'], isLeaf: true, isRequired: false, isDeprecated: false },
    { path: ['b'], isLeaf: true, isRequired: true, isDeprecated: true },
  ]);
});

test('schemas that refer to themselves come to an end', () => {
  const twice = { properties: { a: { $ref: '#' } }, allOf: [{ $ref: '#' }, { $ref: '#' }] };
  expect(
    verdictOn(
      twice,
      Array.from({ length: 50 }, () => 'a'),
    ),
  ).toBe('described');
  expect(describedValues({ properties: { a: { $ref: '#' } } }).length).toBeLessThan(100);
  expect(describedValues(twice).length).toBeLessThan(100);
});
