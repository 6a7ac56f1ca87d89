import type { Json } from '../../model/types.ts';
import { groupOf, type KubernetesObject } from '../manifests.ts';
import type { ObjectPath } from '../rule.ts';
import { containersOf, describeContainer, objectOf, objectsIn, type PodTemplate } from './pods.ts';

/** A text that an object holds under a name. */
export interface NamedText {
  object: KubernetesObject;
  /** Key of the Secret or ConfigMap, or name of the variable. */
  name: string;
  text: string;
  path: ObjectPath;
}

/** What the Secrets among objects hold, decoded. */
export function secretTexts(objects: readonly KubernetesObject[]): NamedText[] {
  return objects
    .filter((object) => object.kind === 'Secret' && groupOf(object) === '')
    .flatMap((object) => [
      ...textsOf(object, 'data').map((entry) => ({ ...entry, text: decoded(entry.text) })),
      ...textsOf(object, 'stringData'),
    ]);
}

/** What the ConfigMaps among objects hold. */
export function configTexts(objects: readonly KubernetesObject[]): NamedText[] {
  return objects
    .filter((object) => object.kind === 'ConfigMap' && groupOf(object) === '')
    .flatMap((object) => textsOf(object, 'data'));
}

/** The variables of containers whose values stand in the pod itself. */
export function variables(pods: readonly PodTemplate[]): (NamedText & { container: string })[] {
  return pods.flatMap(containersOf).flatMap((container) =>
    objectsIn(container.body.env).flatMap(({ item: { name, value }, index }) =>
      typeof name === 'string' && typeof value === 'string'
        ? [
            {
              object: container.pod.object,
              container: describeContainer(container),
              name,
              text: value,
              path: [...container.path, 'env', index, 'value'],
            },
          ]
        : [],
    ),
  );
}

function textsOf(object: KubernetesObject, field: 'data' | 'stringData'): NamedText[] {
  return Object.entries<Json>(objectOf(object.body[field])).flatMap(([name, text]) =>
    typeof text === 'string' ? [{ object, name, text, path: [field, name] }] : [],
  );
}

function decoded(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}
