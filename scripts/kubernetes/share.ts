import type { Definition, Schema } from '../../generator/src/kubernetes/schema.ts';

/** A subtree that is shorter than this stands where it is used. */
const LEAST_LENGTH = 120;

/**
 * Makes a definition of each subtree that several places have, named after the first of them, so
 * that it stands once.
 * @param roots by name; they are definitions of their own.
 */
export function shareSubtrees(roots: ReadonlyMap<string, Schema>): Definition[] {
  const uses = new Map<string, number>();
  const count = (schema: Schema) => {
    const text = JSON.stringify(schema);
    const known = uses.get(text) ?? 0;
    uses.set(text, known + 1);
    if (known === 0) mapParts(schema, '', (part) => (count(part), part));
  };
  for (const schema of roots.values()) count(schema);

  const names = new Map<string, string>();
  const definitions: Definition[] = [];
  const share = (schema: Schema, name: string): Schema => {
    const text = JSON.stringify(schema);
    if (text.length < LEAST_LENGTH || (uses.get(text) ?? 0) < 2)
      return mapParts(schema, name, share);
    if (!names.has(text)) {
      names.set(text, name);
      definitions.push({ name, schema: mapParts(schema, name, share) });
    }
    return { $ref: names.get(text) ?? name };
  };
  for (const [name, schema] of roots)
    definitions.push({ name, schema: mapParts(schema, name, share) });
  return definitions.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A copy whose properties, items and entries are changed; conditions stay where they are. */
function mapParts(
  schema: Schema,
  name: string,
  change: (part: Schema, name: string) => Schema,
): Schema {
  const { properties, items, additionalProperties } = schema;
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, part]) => [key, change(part, `${name}.${key}`)]),
      ),
    }),
    ...(items && { items: change(items, `${name}[]`) }),
    ...(typeof additionalProperties === 'object' && {
      additionalProperties: change(additionalProperties, `${name}{}`),
    }),
  };
}
