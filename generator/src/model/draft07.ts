import { omit } from './json.ts';
import { definitionName } from './kubernetes.ts';
import { mapSubschemas } from './subschemas.ts';
import type { NodePlace } from './subschemas.ts';
import type { SchemaNode } from './schema-node.ts';

/** A schema in draft-07, the dialect that all versions of Helm and Artifact Hub read. */
export type Draft07 = SchemaNode & { $ref?: string };

/** Keywords whose nodes say more about a value that another node describes. */
const CONDITIONS = new Set([
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'propertyNames',
]);

/**
 * A node of a resolved model as draft-07: objects with properties are closed; arrays, maps and
 * entries of maps admit null, with which a user deletes a default; `x-` keywords are gone.
 * @param definitions what stands before the name of a Kubernetes type in a `$ref`.
 */
export function toDraft07(root: SchemaNode, definitions: string): Draft07 {
  return convert(root, definitions, 'value');
}

/**
 * {@link toDraft07} for the values of a chart: the root admits `global`, which Helm gives to every
 * subchart.
 */
export function chartSchema(values: SchemaNode, definitions: string): Draft07 {
  const global = { type: 'object', ...values.properties?.global, additionalProperties: true };
  return toDraft07({ ...values, properties: { ...values.properties, global } }, definitions);
}

/** Nodes of conditions stay as they are, for example open: another node closes the object. */
function convert(node: SchemaNode, definitions: string, role: 'value' | 'condition'): Draft07 {
  const converted = mapSubschemas(node, (child, place) => {
    const childRole = CONDITIONS.has(place[0]) ? 'condition' : role;
    const schema = convert(child, definitions, childRole);
    return childRole === 'value' && mayBeNull(child, place) ? admitNull(schema) : schema;
  });
  const kept = omit(converted, 'x-section', 'x-feature', 'x-since', 'x-lines', 'x-kubernetes');
  const kubernetes = node['x-kubernetes'];
  if (kubernetes !== undefined) {
    const reference: Draft07 = { $ref: `${definitions}${definitionName(kubernetes)}` };
    const beside = omit(kept, 'type');
    // Draft-07 ignores what stands beside a $ref.
    return Object.keys(beside).length === 0 ? reference : { ...beside, allOf: [reference] };
  }
  if (role === 'condition' || !kept.properties) return kept;
  return { ...omit(kept, 'default'), additionalProperties: kept.additionalProperties ?? false };
}

function mayBeNull(node: SchemaNode, [keyword]: NodePlace): boolean {
  if (keyword === 'additionalProperties' || keyword === 'patternProperties') return true;
  const types = [node.type ?? []].flat();
  return (
    keyword === 'properties' &&
    !node.properties &&
    types.some((type) => type === 'array' || type === 'object')
  );
}

function admitNull(schema: Draft07): Draft07 {
  const { type, enum: values, anyOf, oneOf } = schema;
  if (type !== undefined) {
    return {
      ...schema,
      type: [...new Set([type, 'null'].flat())],
      ...(values && { enum: [...values, null] }),
    };
  }
  if (anyOf) return { ...schema, anyOf: [...anyOf, { type: 'null' }] };
  if (oneOf) return { ...schema, oneOf: [...oneOf, { type: 'null' }] };
  return schema;
}
