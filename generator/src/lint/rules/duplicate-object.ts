import type { Observation } from '../finding.ts';
import type { KubernetesObject, Manifest } from '../manifests.ts';

/** Two objects of one kind, name and namespace: the second one overwrites the first. */
export function duplicateObjects(manifests: readonly Manifest[]): Observation[] {
  const places = new Map<string, string>();
  const observations: Observation[] = [];
  for (const { file, objects } of manifests)
    for (const object of objects) {
      const identity = identityOf(object);
      if (identity === undefined) continue;
      const first = places.get(identity.key);
      if (first === undefined) places.set(identity.key, file);
      else
        observations.push({
          rule: 'duplicate-object',
          severity: 'error',
          file,
          message: `renders ${identity.name} a second time; the first is in ${first}`,
        });
    }
  return observations;
}

function identityOf({ apiVersion, kind, metadata }: KubernetesObject) {
  const name = metadata?.name;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string')
    return undefined;
  const group = apiVersion.includes('/') ? apiVersion.replace(/\/.*/, '') : '';
  const namespace = metadata?.namespace ?? '';
  // Hooks of different events may use one name, each at its time.
  const hook = metadata?.annotations?.['helm.sh/hook'] ?? '';
  return {
    key: JSON.stringify([group, kind, namespace, name, hook]),
    name: `${kind} ${typeof namespace === 'string' && namespace !== '' ? `${namespace}/` : ''}${name}`,
  };
}
