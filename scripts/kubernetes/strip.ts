import type { Schema } from '../../generator/src/kubernetes/schema.ts';

/** What says nothing of whether an object is valid, or what only the API server can judge. */
const DROPPED = [
  'default',
  'description',
  'example',
  'externalDocs',
  'title',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-list-type',
  'x-kubernetes-map-type',
  'x-kubernetes-validations',
];

/** Formats of numbers that every YAML number has. */
const FREE_FORMATS: unknown[] = ['int64', 'double', 'float'];

/** A schema of a CustomResourceDefinition without its texts. */
export function strip(schema: Schema): Schema {
  return Object.fromEntries(
    Object.entries(schema)
      .filter(
        ([key, value]) =>
          !DROPPED.includes(key) && !(key === 'format' && FREE_FORMATS.includes(value)),
      )
      .filter(([key]) => !(key === 'anyOf' && isTypeOnly(schema)))
      .map(([key, value]) => [key, stripPart(key, value)]),
  );
}

/** `anyOf: [integer, string]` repeats `x-kubernetes-int-or-string`. */
function isTypeOnly({ anyOf = [], 'x-kubernetes-int-or-string': intOrString }: Schema): boolean {
  return intOrString === true && anyOf.every((part) => Object.keys(part).join() === 'type');
}

function stripPart(key: string, value: unknown): unknown {
  if (key === 'properties')
    return Object.fromEntries(
      Object.entries(value as Record<string, Schema>)
        .map(([name, property]) => [name, strip(property)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  if (['allOf', 'anyOf', 'oneOf'].includes(key)) return (value as Schema[]).map(strip);
  const isSchema = ['items', 'additionalProperties', 'not'].includes(key);
  return isSchema && typeof value === 'object' ? strip(value as Schema) : value;
}
