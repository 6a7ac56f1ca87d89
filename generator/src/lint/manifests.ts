import { YAMLException } from 'js-yaml';
import { loadGoYaml } from '../go-yaml.ts';
import { isObject } from '../model/json.ts';
import type { Json } from '../model/types.ts';

/** One YAML document of what a chart renders. */
export interface Manifest {
  /** Path of its template in the chart, from Helm's `# Source:` line. */
  file: string;
  text: string;
  /** What is wrong with its YAML; it then has no objects. */
  invalid?: { message: string; line?: number };
}

export interface KubernetesObject {
  manifest: Manifest;
  /** Path of the object in its document: of an item of a `List`. */
  root: readonly (string | number)[];
  /** Empty where the object has none; so are the next three. */
  apiVersion: string;
  kind: string;
  name: string;
  namespace: string;
  labels: Record<string, Json>;
  annotations: Record<string, Json>;
  body: Record<string, Json>;
}

/** Splits the output of `helm template` into its documents and their objects. */
export function readManifests(output: string): {
  manifests: Manifest[];
  objects: KubernetesObject[];
} {
  const manifests: Manifest[] = [];
  const objects: KubernetesObject[] = [];
  let file = '';
  for (const text of output.split(/^---(?=\s|$)/m)) {
    file = /^\s*# Source: [^/\n]+\/(.+)$/m.exec(text)?.[1] ?? file;
    const manifest: Manifest = { file, text };
    manifests.push(manifest);
    try {
      objects.push(...objectsOf(manifest));
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      const { reason, mark } = error;
      manifest.invalid = { message: reason, ...(mark && { line: mark.line + 1 }) };
    }
  }
  return { manifests, objects };
}

/** `StatefulSet/demo-worker`, as `kubectl` names objects. */
export function nameOf({ kind, name }: KubernetesObject): string {
  return `${kind === '' ? '?' : kind}/${name === '' ? '?' : name}`;
}

/** `apps` of `apps/v1`, empty for the core group. */
export function groupOf({ apiVersion }: KubernetesObject): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

function objectsOf(manifest: Manifest): KubernetesObject[] {
  return loadGoYaml(manifest.text)
    .filter(isObject)
    .flatMap((document) => {
      const { kind, items } = document;
      if (kind !== 'List' || !Array.isArray(items)) return [describe(manifest, document, [])];
      return items
        .map((item, index) => ({ item, index }))
        .flatMap(({ item, index }) =>
          isObject(item) ? [describe(manifest, item, ['items', index])] : [],
        );
    });
}

function describe(
  manifest: Manifest,
  body: Record<string, Json>,
  root: KubernetesObject['root'],
): KubernetesObject {
  const metadata = isObject(body.metadata) ? body.metadata : {};
  return {
    manifest,
    root,
    apiVersion: text(body.apiVersion),
    kind: text(body.kind),
    name: text(metadata.name),
    namespace: text(metadata.namespace),
    labels: isObject(metadata.labels) ? metadata.labels : {},
    annotations: isObject(metadata.annotations) ? metadata.annotations : {},
    body,
  };
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
