/** What can be written as JSON; a map where the order of keys matters, which objects do not keep for numbers. */
export type GoJson =
  | null
  | boolean
  | number
  | string
  | readonly GoJson[]
  | ReadonlyMap<string, GoJson>
  | { readonly [field: string]: GoJson | undefined };

/** JSON as Go's encoding/json writes it, out of the way of HTML and of JavaScript; keys in their order. */
export function goJson(value: GoJson): string {
  if (Array.isArray(value)) return `[${(value as readonly GoJson[]).map(goJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return escaped(JSON.stringify(value));
  const fields = value instanceof Map ? [...(value as Map<string, GoJson>)] : Object.entries(value);
  const written = fields.flatMap(([name, field]: [string, GoJson | undefined]) =>
    field === undefined ? [] : [`${escaped(JSON.stringify(name))}:${goJson(field)}`],
  );
  return `{${written.join(',')}}`;
}

function escaped(json: string): string {
  return json.replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
