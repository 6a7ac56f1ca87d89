import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { goModule } from './go-module.ts';
import { KUBERNETES } from './pins.ts';

/** The part of OpenAPI 2 that Kubernetes uses. */
export interface OpenApiSchema {
  $ref?: string;
  type?: string;
  format?: string;
  properties?: Record<string, OpenApiSchema>;
  required?: string[];
  items?: OpenApiSchema;
  additionalProperties?: OpenApiSchema;
  'x-kubernetes-group-version-kind'?: { group: string; version: string; kind: string }[];
}

/** The definitions in the OpenAPI document of a version of Kubernetes, `v1.36.3`. */
export function readOpenApi(version: string): Record<string, OpenApiSchema> {
  const file = join(goModule(KUBERNETES, version), 'api', 'openapi-spec', 'swagger.json');
  const document = JSON.parse(readFileSync(file, 'utf8')) as {
    definitions: Record<string, OpenApiSchema>;
  };
  return document.definitions;
}

/** `io.k8s.api.core.v1.Toleration` and `io.k8s.apimachinery.pkg.apis.meta.v1.Duration`, shortened. */
export function shortName(name: string): string {
  return name.replace(/^io\.k8s\.(?:api|[\w-]+\.pkg(?:\.(?:apis|api|util))?)\./, '');
}

/** The definition that a `$ref` names. */
export function nameIn(reference: string): string {
  return reference.slice('#/definitions/'.length);
}

/** The definitions that a schema refers to, itself not counted. */
export function referencesIn(schema: OpenApiSchema): string[] {
  const { $ref, items, additionalProperties, properties = {} } = schema;
  const parts = [items, additionalProperties, ...Object.values(properties)];
  return [
    ...($ref === undefined ? [] : [nameIn($ref)]),
    ...parts.flatMap((part) => (part ? referencesIn(part) : [])),
  ];
}

/** The definitions that some names need, themselves included, sorted by name. */
export function closure(
  definitions: Record<string, OpenApiSchema>,
  names: Iterable<string>,
): Map<string, OpenApiSchema> {
  const found = new Map<string, OpenApiSchema>();
  const add = (name: string) => {
    if (found.has(name)) return;
    const schema = definitions[name];
    if (!schema) throw new Error(`there is no definition ${name}`);
    found.set(name, schema);
    for (const reference of referencesIn(schema)) add(reference);
  };
  for (const name of names) add(name);
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
