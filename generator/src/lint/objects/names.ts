import { groupOf, type KubernetesObject } from '../manifests.ts';
import type { LintedRendering } from '../rule.ts';

/** Where Helm puts objects that name no namespace, as the lint renders charts. */
export const RELEASE_NAMESPACE = 'default';

/** The namespace an object ends in: the one of the release where it names none. */
export function namespaceOf({ namespace }: KubernetesObject): string {
  return namespace === '' ? RELEASE_NAMESPACE : namespace;
}

/** A key that two objects share when they are one in the cluster. */
export function identityOf(object: KubernetesObject): string {
  return JSON.stringify([groupOf(object), object.kind, namespaceOf(object), object.name]);
}

/**
 * The objects of two renderings of one case side by side: those of one template and kind, in
 * their turn. An object that one of the renderings lacks is left out.
 */
export function pairObjects(
  objects: readonly KubernetesObject[],
  others: readonly KubernetesObject[],
): [KubernetesObject, KubernetesObject][] {
  const queues = new Map<string, KubernetesObject[]>();
  for (const other of others) {
    const queue = queues.get(placeOf(other));
    if (queue) queue.push(other);
    else queues.set(placeOf(other), [other]);
  }
  const taken = new Map<string, number>();
  return objects.flatMap((object) => {
    const place = placeOf(object);
    const turn = taken.get(place) ?? 0;
    taken.set(place, turn + 1);
    const other = queues.get(place)?.[turn];
    return other ? [[object, other] as [KubernetesObject, KubernetesObject]] : [];
  });
}

function placeOf(object: KubernetesObject): string {
  return JSON.stringify([object.manifest.file, groupOf(object), object.kind]);
}

/** Whether all that is rendered could be read; else nobody can say what it lacks. */
export function isWhole({ manifests }: LintedRendering): boolean {
  return manifests.every(({ invalid }) => invalid === undefined);
}
