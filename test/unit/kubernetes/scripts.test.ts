import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Definition, Schema } from '../../../generator/src/kubernetes/schema.ts';
import { shareSubtrees } from '../../../scripts/kubernetes/share.ts';
import { MINORS, spans } from '../../../scripts/kubernetes/spans.ts';
import { strip } from '../../../scripts/kubernetes/strip.ts';

describe('shareSubtrees', () => {
  const leaf = fc.constantFrom<Schema>(
    { type: 'string' },
    {
      enum: ['a value that is rather long, so that it is worth it to share the schema that has it'],
    },
  );
  const schemas = fc.letrec<{ schema: Schema }>((tie) => {
    const keys = fc.constantFrom('a', 'b', 'c', '__proto__');
    const node = fc.oneof<fc.Arbitrary<Schema>[]>(
      fc.record({ items: tie('schema') }),
      fc.record({ additionalProperties: tie('schema') }),
      fc.record({ properties: fc.dictionary(keys, tie('schema'), { noNullPrototype: true }) }),
    );
    return { schema: fc.oneof({ maxDepth: 4 }, leaf, node) };
  }).schema;

  function expand(schema: Schema, definitions: ReadonlyMap<string, Schema>): Schema {
    if (schema.$ref !== undefined) return expand(definitions.get(schema.$ref) ?? {}, definitions);
    const { properties, items, additionalProperties } = schema;
    const entries = Object.entries(properties ?? {});
    return {
      ...schema,
      ...(properties && {
        properties: Object.fromEntries(
          entries.map(([key, part]) => [key, expand(part, definitions)]),
        ),
      }),
      ...(items && { items: expand(items, definitions) }),
      ...(typeof additionalProperties === 'object' && {
        additionalProperties: expand(additionalProperties, definitions),
      }),
    };
  }

  it('loses nothing', () => {
    fc.assert(
      fc.property(fc.array(schemas, { minLength: 1, maxLength: 3 }), (roots) => {
        const named = new Map(roots.map((root, index) => [`root${index}`, root]));
        const shared = new Map(shareSubtrees(named).map(({ name, schema }) => [name, schema]));
        for (const [name, root] of named)
          expect(expand(shared.get(name) ?? {}, shared)).toEqual(root);
      }),
    );
  });

  it('makes one definition of what stands twice, named after the first place', () => {
    const part: Schema = { properties: { a: { enum: ['x'.repeat(100)] }, b: { type: 'string' } } };
    const short: Schema = { type: 'string' };
    const root: Schema = {
      properties: { one: part, two: { items: part }, three: short, four: short },
    };
    const one = { $ref: 'A.one' };
    expect(shareSubtrees(new Map([['A', root]]))).toEqual<Definition[]>([
      {
        name: 'A',
        schema: { properties: { one, two: { items: one }, three: short, four: short } },
      },
      { name: 'A.one', schema: part },
    ]);
  });
});

describe('spans', () => {
  it('are as long as a value stays the same', () => {
    const byMinor = MINORS.map(
      (_, index) =>
        new Map([
          ['always', 1],
          ['changes', index < 2 ? 1 : 2],
          ...(index === 1 ? [['once', 1] as const] : []),
        ]),
    );
    const [first, second, third] = MINORS;
    expect(spans(byMinor)).toEqual([
      { name: 'always', value: 1 },
      { name: 'changes', value: 1, until: second },
      { name: 'changes', value: 2, since: third },
      { name: 'once', value: 1, since: second, until: second },
    ]);
    expect(first).toBe('1.31');
  });

  it('tell what each version has', () => {
    const values = fc.tuple(
      ...MINORS.map(() => fc.dictionary(fc.constantFrom('a', 'b'), fc.boolean())),
    );
    fc.assert(
      fc.property(values, (objects) => {
        const byMinor = objects.map((object) => new Map(Object.entries(object)));
        const found = spans(byMinor);
        for (const [index, values] of byMinor.entries()) {
          const here = found.filter(
            ({ since, until }) =>
              (since === undefined || MINORS.indexOf(since) <= index) &&
              (until === undefined || MINORS.indexOf(until) >= index),
          );
          expect(new Map(here.map(({ name, value }) => [name, value]))).toEqual(values);
          expect(here).toHaveLength(values.size);
        }
      }),
    );
  });
});

describe('strip', () => {
  it('keeps what is checked, properties of any name among it', () => {
    const schema = {
      description: 'a text',
      default: {},
      type: 'object',
      properties: {
        description: { type: 'string', title: 'a text' },
        count: { type: 'integer', format: 'int64' },
        port: {
          'x-kubernetes-int-or-string': true,
          anyOf: [{ type: 'integer' }, { type: 'string' }],
        },
        size: {
          'x-kubernetes-int-or-string': true,
          anyOf: [{ type: 'integer' }, { pattern: 'a' }],
        },
      },
      'x-kubernetes-validations': [{ rule: 'true' }],
    };
    expect(strip(schema as Schema)).toEqual({
      type: 'object',
      properties: {
        count: { type: 'integer' },
        description: { type: 'string' },
        port: { 'x-kubernetes-int-or-string': true },
        size: {
          'x-kubernetes-int-or-string': true,
          anyOf: [{ type: 'integer' }, { pattern: 'a' }],
        },
      },
    });
  });
});
