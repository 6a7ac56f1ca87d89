import type { SchemaNode } from './schema-node.ts';

/** Keywords whose value is one node, a list of nodes, or nodes by name. */
const NODE = [
  'additionalProperties',
  'propertyNames',
  'items',
  'not',
  'if',
  'then',
  'else',
] as const;
const LIST = ['allOf', 'anyOf', 'oneOf'] as const;
const BY_NAME = ['properties', 'patternProperties'] as const;

/** A keyword, and within it the index or name of a node. */
export type NodePlace =
  readonly [keyword: string] | readonly [keyword: string, key: string | number];

/**
 * A copy of a node with each node right below it replaced. Undefined leaves it out of a list or
 * of nodes by name; a list without entries goes too.
 */
export function mapSubschemas(
  node: SchemaNode,
  change: (child: SchemaNode, place: NodePlace) => SchemaNode | undefined,
): SchemaNode {
  const copy = { ...node };
  for (const keyword of NODE) {
    const child = node[keyword];
    if (typeof child === 'object') copy[keyword] = change(child, [keyword]) ?? child;
  }
  for (const keyword of LIST) {
    const changed = node[keyword]?.flatMap((child, index) => change(child, [keyword, index]) ?? []);
    if (changed?.length === 0) Reflect.deleteProperty(copy, keyword);
    else if (changed) copy[keyword] = changed;
  }
  for (const keyword of BY_NAME) {
    const children = node[keyword];
    if (!children) continue;
    const changed = Object.entries(children).flatMap(([name, child]) => {
      const replacement = change(child, [keyword, name]);
      return replacement ? [[name, replacement] as const] : [];
    });
    copy[keyword] = Object.fromEntries(changed);
  }
  return copy;
}
