import { readFileSync } from 'node:fs';
import { isObject } from './json.ts';
import type { Json } from './types.ts';

/** schemas/kubernetes/definitions.json, made by scripts/kubernetes-definitions.ts. */
export interface KubernetesDefinitions {
  $id: string;
  definitions: Record<string, Json>;
}

const FILE = new URL('../../../schemas/kubernetes/definitions.json', import.meta.url);

let loaded: KubernetesDefinitions | undefined;

/** The types of the Kubernetes API that `x-kubernetes` can name. @throws a system error */
export function kubernetesDefinitions(): KubernetesDefinitions {
  loaded ??= JSON.parse(readFileSync(FILE, 'utf8')) as KubernetesDefinitions;
  return loaded;
}

/** `core/v1.Toleration` as the name of a definition, where a `/` would need escaping. */
export function definitionName(type: string): string {
  return type.replace('/', '.');
}

let types: ReadonlySet<string> | undefined;

/** The types `x-kubernetes` may name: `core/v1.Toleration`. */
export function kubernetesTypes(): ReadonlySet<string> {
  types ??= new Set(
    Object.keys(kubernetesDefinitions().definitions).map((name) => name.replace('.', '/')),
  );
  return types;
}

/** The definitions that some types need, sorted by name, themselves included. */
export function definitionClosure(typeNames: Iterable<string>): Record<string, Json> {
  const { definitions } = kubernetesDefinitions();
  const found = new Map<string, Json>();
  const add = (name: string) => {
    const definition = definitions[name];
    if (definition === undefined || found.has(name)) return;
    found.set(name, definition);
    for (const reference of references(definition)) add(reference);
  };
  for (const type of typeNames) add(definitionName(type));
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function references(schema: Json): string[] {
  if (Array.isArray(schema)) return schema.flatMap(references);
  if (!isObject(schema)) return [];
  const { $ref, ...rest } = schema;
  const own = typeof $ref === 'string' ? [$ref.slice('#/definitions/'.length)] : [];
  return [...own, ...Object.values(rest).flatMap(references)];
}
