import { isObject, own } from './json.ts';
import { below, defaultAt, defaultLocation } from './locations.ts';
import type { LocatedNode, Location } from './locations.ts';
import type { Json } from './types.ts';

/**
 * Lays a node over another: its keywords win, `properties` merge by name (new ones stand
 * first), and its default is laid over the other's as {@link layDefault} does.
 */
export function mergeNodes(base: LocatedNode, over: LocatedNode): LocatedNode {
  const { default: value, ...keywords } = over;
  const merged: LocatedNode = { ...base, ...keywords };
  if (base.properties && over.properties) {
    merged.properties = mergeProperties(base.properties, over.properties);
  }
  return value === undefined ? merged : layDefault(merged, value, defaultLocation(over));
}

function mergeProperties(
  base: Record<string, LocatedNode>,
  over: Record<string, LocatedNode>,
): Record<string, LocatedNode> {
  const added = Object.entries(over).filter(([name]) => !Object.hasOwn(base, name));
  const merged = Object.entries(base).map(([name, node]): [string, LocatedNode] => {
    const change = own(over, name);
    return [name, change ? mergeNodes(node, change) : node];
  });
  return Object.fromEntries([...added, ...merged]);
}

/**
 * The node with another default. For an object with properties it is laid over what its
 * properties default to, key by key; what no property takes stays with the object. Any other
 * default is replaced as a whole.
 */
export function layDefault(node: LocatedNode, value: Json, location?: Location): LocatedNode {
  const where = location ? defaultAt(location) : {};
  if (!node.properties || !isObject(value)) return { ...node, ...where, default: value };
  const properties = Object.entries(node.properties).map(([name, property]) => {
    const part = own(value, name);
    if (part === undefined) return [name, property] as const;
    return [name, layDefault(property, part, location && below(location, name))] as const;
  });
  const rest = Object.entries(value).filter(([name]) => !own(node.properties, name));
  const kept = isObject(node.default) ? Object.entries(node.default) : [];
  return {
    ...node,
    ...where,
    properties: Object.fromEntries(properties),
    default: Object.fromEntries([...kept, ...rest]),
  };
}
