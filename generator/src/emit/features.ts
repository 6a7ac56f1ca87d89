import type { SchemaNode } from '../model/schema-node.ts';
import { escapeText } from './markdown.ts';

/** Rows of the table of features: what values give, in the order of the model, and links to those values. */
export function featureRows(root: SchemaNode): string[][] {
  const values = new Map<string, string[]>();
  for (const [path, feature] of features(root, [])) {
    values.set(feature, [...(values.get(feature) ?? []), `[\`${path}\`](#${path})`]);
  }
  return [...values].map(([feature, links]) => [escapeText(feature), links.join(', ')]);
}

function* features(node: SchemaNode, path: string[]): Generator<[path: string, feature: string]> {
  const { 'x-feature': feature, properties = {} } = node;
  if (feature !== undefined) yield [path.join('.'), feature];
  for (const [key, child] of Object.entries(properties)) yield* features(child, [...path, key]);
}
