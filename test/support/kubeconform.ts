import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BYTE, DATE_TIME, QUANTITY } from '../../generator/src/kubernetes/formats.ts';
import { readLibrary, type Library } from '../../generator/src/kubernetes/library.ts';
import type { Kind, Schema } from '../../generator/src/kubernetes/schema.ts';
import { isWithin } from '../../generator/src/kubernetes/versions.ts';

/** JSON Schema, as far as it is made here. */
type JsonSchema = Record<string, unknown>;

/**
 * Writes the schemas of the project as kubeconform wants them: a folder for each version of
 * Kubernetes, in it a file for each kind that needs no other file.
 * @param minors some of those in schemas/kubernetes, `1.36`.
 * @returns the value of kubeconform's `-schema-location`; `-kubernetes-version` is then `1.36.0`.
 */
export function writeKubeconformSchemas(directory: string, minors: readonly string[]): string {
  const library = readLibrary();
  for (const minor of minors) {
    const folder = join(directory, `v${minor}.0`);
    mkdirSync(folder, { recursive: true });
    for (const kind of library.kinds.values())
      if (kind.schema !== undefined && kind.removed !== true && isWithin(minor, kind))
        writeFileSync(
          join(folder, fileName(kind)),
          JSON.stringify(standalone(library, kind, minor)),
        );
  }
  const file = '{{ .Group }}_{{ .ResourceAPIVersion }}_{{ .ResourceKind }}.json';
  return `${directory}/{{ .NormalizedKubernetesVersion }}/${file}`;
}

/** kubeconform takes the version as the group where there is none. */
function fileName({ apiVersion, kind }: Kind): string {
  const [group = '', version = group] = apiVersion.split('/');
  return `${group}_${version}_${kind.toLowerCase()}.json`;
}

function standalone(library: Library, { schema = '', project }: Kind, minor: string): JsonSchema {
  const builtIn = library.builtIn(minor);
  const custom = project === undefined ? undefined : library.custom(project);
  const definitions: Record<string, JsonSchema> = {};
  const names = new Map<string, string>();
  const refer = (name: string): JsonSchema => {
    const known = names.get(name);
    if (known !== undefined) return { $ref: known };
    const definition = custom?.get(name) ?? builtIn.get(name);
    if (!definition) throw new Error(`there is no definition ${name}`);
    const key = `d${names.size}`;
    names.set(name, `#/definitions/${key}`);
    const root = { ...definition, 'x-kubernetes-embedded-resource': true };
    const converted = name === schema && custom ? root : definition;
    definitions[key] = convert(converted, true, refer);
    return { $ref: `#/definitions/${key}` };
  };
  return { ...refer(schema), definitions };
}

type Refer = (name: string) => JsonSchema;

const COPIED = ['minimum', 'maximum', 'multipleOf', 'minLength', 'maxLength', 'minItems'] as const;
const COPIED_TOO = ['maxItems', 'minProperties', 'maxProperties', 'pattern', 'required'] as const;

const FORMATS: Readonly<Record<string, JsonSchema>> = {
  byte: { pattern: BYTE },
  'date-time': { pattern: DATE_TIME },
  ipv4: { format: 'ipv4' },
  ipv6: { format: 'ipv6' },
  int32: { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  quantity: { type: ['string', 'number'], pattern: QUANTITY },
};

const RESOURCE: Schema = {
  properties: {
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: { $ref: 'meta.v1.ObjectMeta' },
  },
  required: ['apiVersion', 'kind'],
};

/** @param closed whether unknown fields are an error: not in conditions. */
function convert(schema: Schema, closed: boolean, refer: Refer): JsonSchema {
  if (schema.$ref !== undefined) return refer(schema.$ref);
  const isResource = schema['x-kubernetes-embedded-resource'] === true;
  const whole: Schema = isResource
    ? {
        ...schema,
        properties: { ...schema.properties, ...RESOURCE.properties },
        required: [...new Set([...(schema.required ?? []), ...(RESOURCE.required ?? [])])],
      }
    : schema;
  const { allOf, anyOf, oneOf, not, items } = whole;
  const conditions = (parts: Schema[]) => parts.map((part) => convert(part, false, refer));
  return withNull(whole.nullable === true, {
    ...FORMATS[whole.format ?? ''],
    ...Object.fromEntries(
      [...COPIED, ...COPIED_TOO].flatMap((key) =>
        whole[key] === undefined ? [] : [[key, whole[key]]],
      ),
    ),
    ...(whole.enum && { enum: whole.enum }),
    ...(whole.type !== undefined && whole.format !== 'quantity' && { type: whole.type }),
    ...(whole['x-kubernetes-int-or-string'] && { type: ['integer', 'string'] }),
    ...(whole.exclusiveMinimum && { exclusiveMinimum: whole.minimum }),
    ...(whole.exclusiveMaximum && { exclusiveMaximum: whole.maximum }),
    ...(items && { items: convert(items, closed, refer) }),
    ...fields(whole, closed, refer),
    ...(allOf && { allOf: conditions(allOf) }),
    ...(anyOf && { anyOf: conditions(anyOf) }),
    ...(oneOf && { oneOf: conditions(oneOf) }),
    ...(not && { not: convert(not, false, refer) }),
  });
}

function fields(schema: Schema, closed: boolean, refer: Refer): JsonSchema {
  const { type, properties = {}, required = [], additionalProperties } = schema;
  if (type !== undefined && type !== 'object') return {};
  const converted = Object.entries(properties).map(([key, property]) => [
    key,
    withNull(!required.includes(key), convert(property, closed, refer)),
  ]);
  const open = !closed || schema['x-kubernetes-preserve-unknown-fields'] === true;
  return {
    properties: Object.fromEntries(converted) as unknown,
    additionalProperties:
      typeof additionalProperties === 'object'
        ? withNull(true, convert(additionalProperties, closed, refer))
        : (additionalProperties ?? open),
  };
}

function withNull(nullable: boolean, schema: JsonSchema): JsonSchema {
  return nullable ? { anyOf: [{ type: 'null' }, schema] } : schema;
}
