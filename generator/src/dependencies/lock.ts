import { stringify } from 'yaml';
import type { Dependency, Lock } from '../archive/lock.ts';
import { HELM_YAML } from '../emit/yaml.ts';
import { sha256 } from '../files/digest.ts';
import { type GoJson, goJson } from '../go-json.ts';

/** Helm's order (pkg/chart/v2/dependency.go), of the fields of a dependency. */
const FIELDS = 'name version repository condition tags enabled import-values alias'.split(' ');

function inOrder(dependency: Dependency): Record<string, GoJson | undefined> {
  return Object.fromEntries(FIELDS.map((field) => [field, dependency[field]]));
}

/**
 * The digest of a lock file, by which Helm tells whether it belongs to the dependencies of the chart
 * (HashReq in internal/resolver/resolver.go): of their JSON as Go writes it.
 */
export function lockDigest(required: readonly Dependency[], locked: readonly Dependency[]): string {
  const json = goJson([required, locked].map((list) => list.map(inOrder)));
  return `sha256:${sha256(json)}`;
}

/** The text of a lock file as Helm writes it; `generated` to the second, in UTC. */
export function formatLock({ dependencies, digest }: Lock, generated: Date): string {
  const document = {
    dependencies,
    digest,
    generated: generated.toISOString().replace(/\.\d+Z$/, 'Z'),
  };
  return stringify(document, { ...HELM_YAML, indentSeq: false });
}
