import { isObject } from './json.ts';
import type { SchemaNode } from './schema-node.ts';
import type { Json } from './types.ts';

/**
 * What a node defaults to: its `default`; else null where its type admits null, else an empty
 * array or object. An object with properties starts from what they default to.
 * @returns undefined where none of that applies, which a checked model does not have.
 */
export function defaultValues(node: SchemaNode): Json | undefined {
  const value = node.default === undefined ? emptyValue(node) : node.default;
  if (!node.properties || !isObject(value)) return value;
  const entries = Object.entries(node.properties).flatMap(([name, property]) => {
    const part = defaultValues(property);
    return part === undefined ? [] : [[name, part] as const];
  });
  return { ...Object.fromEntries(entries), ...value };
}

function emptyValue(node: SchemaNode): Json | undefined {
  const types = [node.type ?? []].flat();
  if (types.includes('null')) return null;
  if (types.includes('array')) return [];
  if (types.includes('object') || node.properties) return {};
  return node['x-kubernetes'] === undefined ? undefined : {};
}
