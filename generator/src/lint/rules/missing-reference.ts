import { nameOf, type KubernetesObject } from '../manifests.ts';
import { expectations } from '../objects/expected.ts';
import { isWhole, namespaceOf } from '../objects/names.ts';
import { isCustom } from '../objects/operators.ts';
import { objectOf, valueAt } from '../objects/pods.ts';
import { isPort, servicePorts, type PortReference } from '../objects/ports.ts';
import { referencesOf, type Reference } from '../objects/references.ts';
import type { ObjectPath, Observation, Rule } from '../rule.ts';

/** A reference to an object, or to a part of one, that neither chart nor operator provides. */
export const missingReference: Rule = {
  id: 'missing-reference',
  severity: 'warning',
  summary: 'An object refers to another one, a key or a port that the chart does not render.',
  reason: 'Pods that lack a ConfigMap, Secret, volume claim or ServiceAccount do not start.',
  remedy:
    'Render the object, mend the name, take the name from a value, or mark the reference as optional.',
  source: 'https://kubernetes.io/docs/concepts/configuration/configmap/#configmaps-and-pods',
  rendering(rendering) {
    if (!isWhole(rendering)) return [];
    const { objects } = rendering;
    const known = new Map(
      objects
        .filter((object) => !isCustom(object))
        .map((object) => [keyOf(object, namespaceOf(object)), object]),
    );
    const isExpected = expectations(rendering);
    return objects.flatMap((object) =>
      referencesOf(object).flatMap((reference) => {
        const target = known.get(keyOf(reference, reference.namespace));
        if (target) return observePart(object, reference, target);
        return isExpected(reference) ? [] : observeMissing(object, reference);
      }),
    );
  },
};

function keyOf({ kind, name }: { kind: string; name: string }, namespace: string): string {
  return JSON.stringify([kind, kind === 'ClusterRole' ? '' : namespace, name]);
}

function observeMissing(object: KubernetesObject, reference: Reference): Observation[] {
  // The key of an object that is missing is missing as well.
  if (reference.path.at(-1) === 'key') return [];
  const { kind, name, path } = reference;
  // An ingress controller has a certificate to fall back to.
  const isFallback = object.kind === 'Ingress' && kind === 'Secret';
  return [
    {
      message: `${nameOf(object)} refers to ${kind}/${name}, which is neither rendered nor named in the values`,
      place: { object, path, at: 'value' },
      ...(isFallback && { severity: 'info' as const }),
    },
  ];
}

function observePart(
  object: KubernetesObject,
  { path, key, port }: Reference,
  target: KubernetesObject,
): Observation[] {
  const observe = (what: string, place: ObjectPath): Observation => ({
    message: `${nameOf(object)} refers to ${what} of ${nameOf(target)}, which has no such ${what.split(' ', 1).join('')}`,
    place: { object, path: place, at: 'value' },
    severity: 'error',
    hint: `Use one that ${nameOf(target)} has.`,
  });
  if (key !== undefined && lacksKey(target, key))
    return [observe(`key ${key}`, [...path.slice(0, -1), 'key'])];
  if (port !== undefined && lacksPort(target, port)) return [observe(`port ${port}`, path)];
  return [];
}

function lacksKey({ body }: KubernetesObject, key: string): boolean {
  const keys = ['data', 'binaryData', 'stringData'].flatMap((field) =>
    Object.keys(objectOf(body[field])),
  );
  // What has no data yet gets it at run time.
  return keys.length > 0 && !keys.includes(key);
}

function lacksPort(service: KubernetesObject, port: PortReference): boolean {
  const isExternal = valueAt(service.body, ['spec', 'type']) === 'ExternalName';
  return !isExternal && !servicePorts(service).some((candidate) => isPort(candidate, port));
}
