import { isObject } from '../../model/json.ts';
import type { Json } from '../../model/types.ts';
import { targetOf } from './schema-reference.ts';

/** A value that a schema describes by name. */
export interface DescribedValue {
  path: readonly string[];
  /** Whether the schema names no values below it. */
  isLeaf: boolean;
  isRequired: boolean;
  isDeprecated: boolean;
}

/** For schemas that refer to themselves. */
const DEEPEST = 24;
/** For schemas whose references double what they hold again and again. */
export const MOST_STEPS = 20_000;

interface Walk {
  root: Json;
  stepsLeft: number;
  values: Map<string, DescribedValue>;
}

/** The values that a schema names, those that `$ref` and `allOf` bring along included. */
export function describedValues(schema: Json): DescribedValue[] {
  const walk: Walk = { root: schema, stepsLeft: MOST_STEPS, values: new Map() };
  collect(walk, schema, [], 0);
  return [...walk.values.values()];
}

/** @returns whether the schema names any value. */
function collect(
  walk: Walk,
  schema: Json | undefined,
  path: readonly string[],
  depth: number,
): boolean {
  walk.stepsLeft -= 1;
  if (!isObject(schema) || depth > DEEPEST || walk.stepsLeft < 0) return false;
  const { properties, required, $ref, allOf } = schema;
  const needed = Array.isArray(required) ? required : [];
  const named = isObject(properties) ? Object.entries(properties) : [];
  for (const [key, node] of named) {
    const value = noted(walk.values, {
      path: [...path, key],
      isLeaf: true,
      isRequired: needed.includes(key),
      isDeprecated: isObject(node) && node.deprecated === true,
    });
    if (collect(walk, node, value.path, depth + 1)) value.isLeaf = false;
  }
  const target = typeof $ref === 'string' ? targetOf(walk.root, $ref) : undefined;
  const others = [target, ...(Array.isArray(allOf) ? allOf : [])];
  const found = others.map((part) => collect(walk, part, path, depth + 1));
  return named.length > 0 || found.includes(true);
}

/** A value may be described in several places. */
function noted(values: Map<string, DescribedValue>, value: DescribedValue): DescribedValue {
  const key = JSON.stringify(value.path);
  const known = values.get(key) ?? value;
  known.isRequired ||= value.isRequired;
  known.isDeprecated ||= value.isDeprecated;
  values.set(key, known);
  return known;
}
