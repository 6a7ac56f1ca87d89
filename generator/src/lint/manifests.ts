import { loadAll, YAML11_SCHEMA, YAMLException } from 'js-yaml';
import type { Observation } from './finding.ts';

/** One YAML document of what a chart renders. */
export interface Manifest {
  /** Path of its template in the chart, from Helm's `# Source:` line. */
  file: string;
  text: string;
  /** The objects in it, those of a `List` one by one; none when it is not YAML. */
  objects: KubernetesObject[];
}

export interface KubernetesObject {
  apiVersion?: unknown;
  kind?: unknown;
  metadata?: {
    name?: unknown;
    namespace?: unknown;
    annotations?: Record<string, unknown> | null;
  } | null;
}

/** Splits the output of `helm template`; a document that is not YAML is an observation. */
export function readManifests(output: string): { manifests: Manifest[]; invalid: Observation[] } {
  const manifests: Manifest[] = [];
  const invalid: Observation[] = [];
  let file = '';
  for (const text of output.split(/^---(?=\s|$)/m)) {
    file = /^\s*# Source: [^/\n]+\/(.+)$/m.exec(text)?.[1] ?? file;
    try {
      manifests.push({ file, text, objects: objectsOf(text) });
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      const message = `the rendered YAML is wrong: ${error.reason}`;
      invalid.push({ rule: 'rendered-yaml', severity: 'error', file, message });
      manifests.push({ file, text, objects: [] });
    }
  }
  return { manifests, invalid };
}

/** Helm reads YAML 1.1. */
function objectsOf(text: string): KubernetesObject[] {
  return loadAll(text, { schema: YAML11_SCHEMA }).flatMap((document) => {
    if (document === null || typeof document !== 'object' || Array.isArray(document)) return [];
    const { kind, items } = document as { kind?: unknown; items?: unknown };
    return kind === 'List' && Array.isArray(items) ? (items as KubernetesObject[]) : [document];
  });
}
