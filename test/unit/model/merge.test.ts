import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultValues } from '../../../generator/src/model/defaults.ts';
import { layDefault, mergeNodes } from '../../../generator/src/model/merge.ts';
import type { SchemaNode } from '../../../generator/src/model/schema-node.ts';
import type { Json } from '../../../generator/src/model/types.ts';

const object = (properties: Record<string, SchemaNode>, more: SchemaNode = {}): SchemaNode => ({
  type: 'object',
  properties,
  ...more,
});
const number = (value: number): SchemaNode => ({ type: 'integer', default: value });

/** Models of integers in objects, two levels deep. */
const key = fc.constantFrom('a', 'b', 'c', 'constructor', 'toString');
const leaf = fc.integer({ min: 0, max: 9 }).map(number);
const model = fc
  .dictionary(
    key,
    fc.oneof(
      leaf,
      fc.dictionary(key, leaf).map((properties) => object(properties)),
    ),
  )
  .map((properties) => object(properties));

describe('mergeNodes', () => {
  it('lets keywords of the second win', () => {
    const merged = mergeNodes(
      { type: 'string', description: 'One', minLength: 1 },
      { description: 'Two', default: 'x' },
    );
    expect(merged).toEqual({ type: 'string', description: 'Two', minLength: 1, default: 'x' });
  });

  it('merges properties by name, new ones first', () => {
    const merged = mergeNodes(object({ a: number(1), b: number(2) }), {
      properties: { b: { default: 3 }, c: number(4) },
    });
    expect(Object.keys(merged.properties ?? {})).toEqual(['c', 'a', 'b']);
    expect(defaultValues(merged)).toEqual({ c: 4, a: 1, b: 3 });
  });

  it('lays the default of the second over what the first defaults to', () => {
    const base = object({ a: number(1), b: object({ c: number(2), d: number(3) }) });
    expect(defaultValues(mergeNodes(base, { default: { b: { d: 4 } } }))).toEqual({
      a: 1,
      b: { c: 2, d: 4 },
    });
  });

  it("has all properties of both, and the second one's values", () => {
    fc.assert(
      fc.property(model, model, (base, over) => {
        const merged = mergeNodes(base, over);
        for (const [name, node] of Object.entries(over.properties ?? {})) {
          if (node.default !== undefined)
            expect(merged.properties?.[name]?.default).toBe(node.default);
        }
        const names = [
          ...Object.keys(base.properties ?? {}),
          ...Object.keys(over.properties ?? {}),
        ];
        expect(Object.keys(merged.properties ?? {}).sort()).toEqual([...new Set(names)].sort());
      }),
    );
  });

  it('changes nothing when a node is merged with itself', () => {
    fc.assert(
      fc.property(model, (node) => {
        expect(mergeNodes(node, node)).toEqual(node);
      }),
    );
  });
});

describe('layDefault', () => {
  it('replaces the default of a map, an array and a Kubernetes type as a whole', () => {
    for (const node of [
      { type: 'object', default: { a: 1 } },
      { 'x-kubernetes': 'core/v1.Probe', default: { a: 1 } },
    ]) {
      expect(defaultValues(layDefault(node, { b: 2 }))).toEqual({ b: 2 });
    }
    expect(defaultValues(layDefault({ type: 'array', default: [1, 2] }, [3]))).toEqual([3]);
  });

  it('keeps keys that no property takes, also odd ones', () => {
    const odd = JSON.parse('{ "a": 2, "__proto__": 3, "toString": 4 }') as Json;
    expect(JSON.stringify(defaultValues(layDefault(object({ a: number(1) }), odd)))).toBe(
      '{"a":2,"__proto__":3,"toString":4}',
    );
  });

  it('sets an object to null, and back', () => {
    const node = object({ a: number(1) }, { type: ['object', 'null'] });
    const none = layDefault(node, null);
    expect(defaultValues(none)).toBeNull();
    expect(defaultValues(layDefault(none, { a: 2 }))).toEqual({ a: 2 });
  });

  it('makes a model default to any values of its shape', () => {
    fc.assert(
      fc.property(model, model, (node, other) => {
        const values = defaultValues(other) as Record<string, Json>;
        expect(defaultValues(layDefault(other, values))).toEqual(values);
        const laid = defaultValues(layDefault(node, values)) as Record<string, Json>;
        for (const [name, value] of Object.entries(values)) {
          if (typeof value === 'number') expect(laid[name]).toBe(value);
        }
      }),
    );
  });
});

describe('defaultValues', () => {
  it.each<[string, SchemaNode, Json | undefined]>([
    ['its default', { type: 'string', default: 'x' }, 'x'],
    ['null where the type admits it', { type: ['string', 'null'] }, null],
    ['null before an empty array', { type: ['array', 'null'] }, null],
    ['an empty array', { type: 'array' }, []],
    ['an empty map', { type: 'object' }, {}],
    ['an empty Kubernetes object', { 'x-kubernetes': 'core/v1.Affinity' }, {}],
    ['nothing for other types', { type: 'string' }, undefined],
    ['false', { type: 'boolean', default: false }, false],
    ['an explicit null', { type: 'object', default: null }, null],
    [
      'what its properties default to',
      object({ a: number(1), b: { type: 'array' } }),
      { a: 1, b: [] },
    ],
  ])('is %s', (_, node, value) => {
    expect(defaultValues(node)).toEqual(value);
  });
});
