import { groupOf, nameOf, type KubernetesObject } from '../manifests.ts';
import type { Rule } from '../rule.ts';

/** Two objects of one kind, name and namespace. */
export const duplicateObject: Rule = {
  id: 'duplicate-object',
  severity: 'error',
  summary: 'An object is rendered twice: same kind, name and namespace.',
  reason: 'The second one overwrites the first, or Helm refuses to install them.',
  remedy: 'Give the objects different names, or render one of them only.',
  rendering({ objects }) {
    const first = new Map<string, KubernetesObject>();
    return objects.flatMap((object) => {
      const key = identityOf(object);
      const known = key === undefined ? undefined : first.get(key);
      if (key !== undefined && known === undefined) first.set(key, object);
      if (known === undefined) return [];
      const message = `${nameOf(object)} is rendered a second time; the first is in ${known.manifest.file}`;
      return [{ message, place: { object, path: ['metadata', 'name'] } }];
    });
  },
};

function identityOf(object: KubernetesObject): string | undefined {
  const { apiVersion, kind, name, namespace, annotations } = object;
  if (apiVersion === '' || kind === '' || name === '') return undefined;
  // Hooks of different events may use one name, each at its time.
  const hook = annotations['helm.sh/hook'] ?? '';
  return JSON.stringify([groupOf(object), kind, namespace, name, hook]);
}
