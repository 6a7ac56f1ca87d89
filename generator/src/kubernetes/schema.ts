import type { Json } from '../model/types.ts';

/**
 * A type of the Kubernetes API: a structural schema, as CustomResourceDefinitions have it
 * (https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema).
 * Objects are closed, null stands for a field left out, and more than in a
 * CustomResourceDefinition: `$ref` names a definition, format `quantity` takes numbers too.
 */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  nullable?: boolean;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  enum?: Json[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: boolean;
  exclusiveMaximum?: boolean;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  not?: Schema;
  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  'x-kubernetes-embedded-resource'?: boolean;
}

/** A definition in the minor versions that have it: all of them where no bound is given. */
export interface Definition {
  name: string;
  /** The first and the last minor version, `1.33`. */
  since?: string;
  until?: string;
  schema: Schema;
}

/** One kind of one API version: where its schema is, and how long it lives. */
export interface Kind {
  apiVersion: string;
  kind: string;
  /** Name of its definition; none for what no known minor version serves. */
  schema?: string;
  /** The project it comes from, which names the file of the definition; none for Kubernetes. */
  project?: string;
  /** The first and the last of the known minor versions that serve it, where not all do. */
  since?: string;
  until?: string;
  /** The version that deprecated it, `1.25`; true where it is a project's own. */
  deprecated?: string | true;
  /** The version that no longer serves it; true where it is a project's own. */
  removed?: string | true;
  /** What to use instead, `batch/v1 CronJob`. */
  replacement?: string;
}
