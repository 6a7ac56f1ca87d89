import fc from 'fast-check';
import type { Library } from '../../../generator/src/kubernetes/library.ts';
import { patternOf } from '../../../generator/src/kubernetes/pattern.ts';
import type { Kind, Schema } from '../../../generator/src/kubernetes/schema.ts';
import type { Json } from '../../../generator/src/model/types.ts';

/** How deep fields that may be left out are given. */
const DEPTH = 5;

const TEXTS: Readonly<Record<string, readonly Json[]>> = {
  byte: ['aGVsbG8=', ''],
  'date-time': ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.5+01:00'],
  quantity: ['1Gi', '500m', 2, 1.5],
};

type Resolve = (name: string) => Schema;

/** Objects of a kind by its schema, most of them valid: conditions across fields are not minded. */
export function instancesOf(library: Library, kind: Kind, minor: string): fc.Arbitrary<Json> {
  const { apiVersion, kind: name, project, schema = '' } = kind;
  const custom = project === undefined ? undefined : library.custom(project);
  const resolve: Resolve = (definition) =>
    custom?.get(definition) ?? library.builtIn(minor).get(definition) ?? {};
  return valueOf(resolve(schema), resolve, DEPTH).map((value) => ({
    ...(value as object),
    apiVersion,
    kind: name,
    metadata: { name: 'a' },
  }));
}

function valueOf(schema: Schema, resolve: Resolve, depth: number): fc.Arbitrary<Json> {
  const { $ref, type, format, items = {}, minItems = 0, minimum, maximum, pattern } = schema;
  if ($ref !== undefined) return valueOf(resolve($ref), resolve, depth);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema['x-kubernetes-int-or-string']) return fc.constantFrom<Json>(1, '1', '10%');
  switch (type) {
    case 'array':
      return fc.array(valueOf(items, resolve, depth - 1), {
        minLength: minItems,
        maxLength: Math.max(minItems, depth > 0 ? 2 : 0),
      });
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return fc.integer({ min: minimum ?? -5, max: maximum ?? Math.max(minimum ?? 0, 100) });
    case 'object':
      return objectOf(schema, resolve, depth - 1);
    case 'string':
      if (pattern !== undefined) return textsOf(pattern);
      return fc.constantFrom(...(TEXTS[format ?? ''] ?? ['a', 'b-c', '1']));
    default:
      return fc.constantFrom<Json>('a', 1, { a: [null] });
  }
}

function textsOf(pattern: string): fc.Arbitrary<string> {
  const { source, flags } = patternOf(pattern) ?? /a/;
  return flags.includes('i') ? fc.constantFrom('', 'a') : fc.stringMatching(new RegExp(source));
}

function objectOf(schema: Schema, resolve: Resolve, depth: number): fc.Arbitrary<Json> {
  const { properties = {}, required = [], additionalProperties } = schema;
  const optional = Object.keys(properties).filter((key) => !required.includes(key));
  const chosen = fc.subarray(optional, { maxLength: depth > 0 ? Math.min(3, optional.length) : 0 });
  const entries = typeof additionalProperties === 'object' ? { a: additionalProperties } : {};
  return chosen.chain((keys) => {
    const fields = [...required, ...keys].map((key) => [key, properties[key] ?? {}] as const);
    const all = [...fields, ...Object.entries(entries)];
    const values = all.map(([key, field]) => [key, valueOf(field, resolve, depth)] as const);
    return fc.record<Record<string, Json>>(Object.fromEntries(values));
  });
}
