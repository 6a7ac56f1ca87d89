import { targetOf } from '../lint/values/schema-reference.ts';
import { isObject, own } from '../model/json.ts';
import type { Json } from '../model/types.ts';
import type { Values } from './overrides.ts';

/** What a values.schema.json says of the keys below a value. */
export interface SchemaKeys {
  /** Keys that it names. */
  names: readonly string[];
  /** What it says below one of them. */
  at(name: string): SchemaKeys;
  /**
   * Whether users set the value as a whole: a map with keys of their choice, or something that may
   * also be null, as types of Kubernetes are.
   */
  isWhole: boolean;
}

/** Reads a schema; without one nothing is known of any key. */
export function schemaKeys(schema: Json | undefined): SchemaKeys {
  return keysOf(schema, [schema], new Set());
}

/** @param above the nodes that these stand in: a type that holds itself goes no deeper. */
function keysOf(
  schema: Json | undefined,
  given: readonly (Json | undefined)[],
  above: ReadonlySet<Values>,
): SchemaKeys {
  const nodes = withReferred(schema, given).filter((node) => !above.has(node));
  const properties = nodes.map((node) => node.properties).filter(isObject);
  const names = [...new Set(properties.flatMap((named) => Object.keys(named)))];
  const isFreeMap = names.length === 0 && nodes.some(hasFreeKeys);
  return {
    names,
    at(name) {
      const children = properties.map((named) => own(named, name));
      return keysOf(schema, children, new Set([...above, ...nodes]));
    },
    isWhole: isFreeMap || nodes.some(({ type }) => [type].flat().includes('null')),
  };
}

function hasFreeKeys({ additionalProperties, patternProperties }: Values): boolean {
  return isObject(additionalProperties) || isObject(patternProperties);
}

/** The nodes, and all in the same file that they refer to. */
function withReferred(schema: Json | undefined, nodes: readonly (Json | undefined)[]): Values[] {
  const found = new Set(nodes.filter(isObject));
  // What is added on the way is visited too.
  for (const { $ref: reference, allOf } of found)
    for (const node of [referred(schema, reference), allOf].flat())
      if (isObject(node)) found.add(node);
  return [...found];
}

function referred(schema: Json | undefined, reference: Json | undefined): Json | undefined {
  if (schema === undefined || typeof reference !== 'string') return undefined;
  return targetOf(schema, reference);
}
