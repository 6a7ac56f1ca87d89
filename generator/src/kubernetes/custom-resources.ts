import { isObject } from '../model/json.ts';
import type { Json } from '../model/types.ts';
import type { Kind, Schema } from './schema.ts';

/** A kind and what it must look like. */
export interface CustomKind {
  kind: Kind;
  schema: Schema;
}

/** The part of a CustomResourceDefinition (apiextensions.k8s.io/v1) that says what is valid. */
interface CustomResourceDefinition {
  spec: {
    group: string;
    names: { kind: string };
    versions: {
      name: string;
      served: boolean;
      deprecated?: boolean;
      schema?: { openAPIV3Schema?: Schema };
    }[];
  };
}

/** Is it a CustomResourceDefinition? */
export function isCustomResourceDefinition(object: Json): boolean {
  return (
    isObject(object) &&
    object.apiVersion === 'apiextensions.k8s.io/v1' &&
    object.kind === 'CustomResourceDefinition'
  );
}

/**
 * The kinds that a CustomResourceDefinition brings.
 * @param object one that was found valid: nothing of its shape is looked at again.
 */
export function customKinds(object: Json): CustomKind[] {
  const { spec } = withoutNulls(object) as unknown as CustomResourceDefinition;
  const { group, names, versions } = spec;
  return versions.map(({ name, served, deprecated, schema }) => ({
    kind: {
      apiVersion: `${group}/${name}`,
      kind: names.kind,
      ...(deprecated === true && { deprecated: true }),
      ...(!served && { removed: true }),
    },
    schema: schema?.openAPIV3Schema ?? { 'x-kubernetes-preserve-unknown-fields': true },
  }));
}

/** Null stands for a field left out; in lists, such as those of allowed values, for itself. */
function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(kept.map(([key, field]) => [key, withoutNulls(field)]));
}
