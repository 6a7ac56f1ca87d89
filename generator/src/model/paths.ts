import { own } from './json.ts';
import type { SchemaNode } from './schema-node.ts';

/** A node that says what each of its children is. */
function propertiesOf(node: SchemaNode): Record<string, SchemaNode> | undefined {
  return node.properties && Object.keys(node.properties).length > 0 ? node.properties : undefined;
}

/** Maps, arrays and Kubernetes types hold keys the model does not list. */
function isOpen(node: SchemaNode): boolean {
  if (node['x-kubernetes'] !== undefined) return true;
  if (node.additionalProperties !== undefined) return node.additionalProperties !== false;
  if (propertiesOf(node)) return false;
  const types = node.type === undefined ? ['object'] : [node.type].flat();
  return types.includes('object') || types.includes('array');
}

/**
 * The node at a path of values.yaml, `['worker', 'replicas']`. Anything below a map, an array
 * or a Kubernetes type exists; the answer is then the node of an entry, or the open node itself
 * where the model does not describe its entries. Undefined where the model has no such value.
 */
export function findNode(root: SchemaNode, path: readonly string[]): SchemaNode | undefined {
  let node = root;
  for (const key of path) {
    const property = own(node.properties, key);
    if (property) node = property;
    else if (!isOpen(node)) return undefined;
    else if (typeof node.additionalProperties === 'object') node = node.additionalProperties;
    else return node;
  }
  return node;
}

/** Paths of all values that have no described values below them, in the order of values.yaml. */
export function leafPaths(root: SchemaNode): string[][] {
  const properties = propertiesOf(root);
  if (!properties) return [[]];
  return Object.entries(properties).flatMap(([key, node]) =>
    leafPaths(node).map((path) => [key, ...path]),
  );
}
