import type { Json } from '../../generator/src/model/types.ts';
import type { Schema } from '../../generator/src/kubernetes/schema.ts';
import { nameIn, shortName, type OpenApiSchema } from './openapi.ts';

const ANYTHING: Schema = { 'x-kubernetes-preserve-unknown-fields': true };
const ANY_OBJECT: Schema = { type: 'object', ...ANYTHING };
const JSON_SCHEMA = { $ref: 'apiextensions.v1.JSONSchemaProps' };

/** Types with a serialised form of their own, which OpenAPI 2 cannot say. */
const SPECIAL: Readonly<Record<string, Schema>> = {
  'apiextensions.v1.JSON': ANYTHING,
  // The API server refuses lists of schemas in `items`, and `dependencies`.
  'apiextensions.v1.JSONSchemaPropsOrArray': JSON_SCHEMA,
  'apiextensions.v1.JSONSchemaPropsOrBool': {
    oneOf: [{ type: 'boolean' }, JSON_SCHEMA],
    ...ANYTHING,
  },
  'apiextensions.v1.JSONSchemaPropsOrStringArray': ANYTHING,
  'intstr.IntOrString': { 'x-kubernetes-int-or-string': true },
  'meta.v1.FieldsV1': ANY_OBJECT,
  'resource.Quantity': { type: 'string', format: 'quantity' },
  'runtime.RawExtension': ANY_OBJECT,
};

/** The formats that can be checked. */
const FORMATS: readonly (string | undefined)[] = ['int32', 'byte', 'date-time'];

/** Values that a property, its items or its entries may have, by `<definition> <property>`. */
export type Enums = ReadonlyMap<string, Json[]>;

/** A definition of Kubernetes' OpenAPI document as a structural schema. */
export function structural(name: string, schema: OpenApiSchema, enums: Enums): Schema {
  return SPECIAL[shortName(name)] ?? convert(schema, (key) => enums.get(`${name} ${key}`));
}

type EnumOf = (key: string) => Json[] | undefined;

function convert(schema: OpenApiSchema, enumOf: EnumOf, values?: Json[]): Schema {
  const { $ref, type, format, properties, required, items, additionalProperties } = schema;
  if ($ref !== undefined) return { $ref: shortName(nameIn($ref)) };
  const isScalar = items === undefined && additionalProperties === undefined;
  return {
    ...(type !== undefined && { type }),
    ...(format !== undefined && FORMATS.includes(format) && { format }),
    ...(values !== undefined && isScalar && { enum: values }),
    ...(items && { items: convert(items, enumOf, values) }),
    ...(additionalProperties && {
      additionalProperties: convert(additionalProperties, enumOf, values),
    }),
    ...(properties && { properties: convertAll(properties, required ?? [], enumOf) }),
    ...(required && { required: required.toSorted() }),
  };
}

function convertAll(
  properties: Record<string, OpenApiSchema>,
  required: readonly string[],
  enumOf: EnumOf,
): Record<string, Schema> {
  const converted = Object.entries(properties).map(([key, property]) => {
    const values = enumOf(key);
    // An empty string is a field left out.
    const mayBeEmpty = property.type === 'string' && !required.includes(key);
    const allowed = values && mayBeEmpty ? [...new Set(['', ...values])] : values;
    return [key, convert(property, enumOf, allowed)] as const;
  });
  return Object.fromEntries(converted.sort(([a], [b]) => (a < b ? -1 : 1)));
}
