import type { Json } from '../../model/types.ts';
import type { ObjectPath } from '../rule.ts';
import { namespaceOf } from './names.ts';
import { containersOf, objectOf, objectsIn, type PodTemplate } from './pods.ts';
import type { Reference } from './references.ts';

/** A reference without the namespace, which is the pod's. */
type Local = Omit<Reference, 'namespace'>;

/** What pods need to start, from https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
export function podReferences(pod: PodTemplate): Reference[] {
  const namespace = namespaceOf(pod.object);
  const path = [...pod.path, 'spec'];
  const { serviceAccountName, imagePullSecrets, volumes } = pod.spec;
  const local = [
    ...refer('ServiceAccount', serviceAccountName, [...path, 'serviceAccountName']),
    ...objectsIn(imagePullSecrets).flatMap(({ item, index }) =>
      refer('Secret', item.name, [...path, 'imagePullSecrets', index, 'name']),
    ),
    ...objectsIn(volumes).flatMap(({ item, index }) =>
      volumeReferences(item, [...path, 'volumes', index]),
    ),
    ...containersOf(pod).flatMap(({ body, path }) => [
      ...objectsIn(body.env).flatMap(({ item, index }) =>
        variableReferences(item, [...path, 'env', index, 'valueFrom']),
      ),
      ...objectsIn(body.envFrom).flatMap(({ item, index }) => [
        ...sourceReferences('ConfigMap', item, [...path, 'envFrom', index], 'configMapRef'),
        ...sourceReferences('Secret', item, [...path, 'envFrom', index], 'secretRef'),
      ]),
    ]),
  ];
  return local.map((reference) => ({ ...reference, namespace }));
}

function volumeReferences(volume: Record<string, Json>, path: ObjectPath): Local[] {
  const sources = objectsIn(objectOf(volume.projected).sources);
  return [
    ...sourceReferences('ConfigMap', volume, path, 'configMap'),
    ...sourceReferences('Secret', volume, path, 'secret', 'secretName'),
    ...sourceReferences(
      'PersistentVolumeClaim',
      volume,
      path,
      'persistentVolumeClaim',
      'claimName',
    ),
    ...sources.flatMap(({ item, index }) => {
      const place = [...path, 'projected', 'sources', index];
      return [
        ...sourceReferences('ConfigMap', item, place, 'configMap'),
        ...sourceReferences('Secret', item, place, 'secret'),
      ];
    }),
  ];
}

/** An object named in one field of a volume or of `envFrom`, and the keys wanted of it. */
function sourceReferences(
  kind: string,
  holder: Record<string, Json>,
  path: ObjectPath,
  field: string,
  nameField = 'name',
): Local[] {
  const source = objectOf(holder[field]);
  if (source.optional === true) return [];
  const name = source[nameField];
  const keys = objectsIn(source.items).flatMap(({ item, index }) =>
    refer(kind, name, [...path, field, 'items', index, 'key'], item.key),
  );
  return [...refer(kind, name, [...path, field, nameField]), ...keys];
}

function variableReferences(variable: Record<string, Json>, path: ObjectPath): Local[] {
  const valueFrom = objectOf(variable.valueFrom);
  const fields = [
    ['ConfigMap', 'configMapKeyRef'],
    ['Secret', 'secretKeyRef'],
  ] as const;
  return fields.flatMap(([kind, field]) => {
    const { name, key, optional } = objectOf(valueFrom[field]);
    return optional === true ? [] : refer(kind, name, [...path, field, 'name'], key);
  });
}

function refer(kind: string, name: Json | undefined, path: ObjectPath, key?: Json): Local[] {
  if (typeof name !== 'string' || name === '') return [];
  return [{ kind, name, path, ...(typeof key === 'string' && { key }) }];
}
