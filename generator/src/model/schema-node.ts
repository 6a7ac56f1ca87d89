import type { Json } from './types.ts';

/**
 * One node of the values model: JSON Schema 2020-12 with our `x-` keywords. In a resolved
 * model no `$ref` to a fragment is left and properties stand in the order of values.yaml.
 */
export interface SchemaNode {
  type?: string | string[];
  title?: string;
  description?: string;
  default?: Json;
  examples?: Json[];
  deprecated?: boolean;
  enum?: Json[];
  const?: Json;
  properties?: Record<string, SchemaNode>;
  additionalProperties?: boolean | SchemaNode;
  patternProperties?: Record<string, SchemaNode>;
  propertyNames?: SchemaNode;
  items?: SchemaNode;
  required?: string[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  uniqueItems?: boolean;
  pattern?: string;
  allOf?: SchemaNode[];
  anyOf?: SchemaNode[];
  oneOf?: SchemaNode[];
  not?: SchemaNode;
  if?: SchemaNode;
  then?: SchemaNode;
  else?: SchemaNode;
  /** Starts a section of values.yaml and of the README; on properties of the root only. */
  'x-section'?: string;
  /** What the value gives to who installs the chart: a row of the README's table of features. */
  'x-feature'?: string;
  /** Chart version that brought the value. */
  'x-since'?: string;
  /** Spark lines that have the value, a semver range such as `>=4.0`; removed when resolved. */
  'x-lines'?: string;
  /** A type of the Kubernetes API, `core/v1.Toleration`, in place of `type` and `properties`. */
  'x-kubernetes'?: string;
}
