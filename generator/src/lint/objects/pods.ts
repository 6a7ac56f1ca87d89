import { isObject, own } from '../../model/json.ts';
import type { Json } from '../../model/types.ts';
import { groupOf, nameOf, type KubernetesObject } from '../manifests.ts';
import type { ObjectPath } from '../rule.ts';

/** What an object says of the pods it makes; of a Pod, what it is. */
export interface PodTemplate {
  object: KubernetesObject;
  /** Path of the template in the object; empty for a Pod. */
  path: ObjectPath;
  labels: Record<string, Json>;
  annotations: Record<string, Json>;
  spec: Record<string, Json>;
}

export type ContainerKind = 'init' | 'regular' | 'ephemeral';

export interface Container {
  pod: PodTemplate;
  kind: ContainerKind;
  /** `?` where it has none. */
  name: string;
  /** Path of the container in the object. */
  path: ObjectPath;
  body: Record<string, Json>;
}

/** Where kinds by group have their pod template. */
const TEMPLATE_PATHS: ReadonlyMap<string, ObjectPath> = new Map([
  ['/Pod', []],
  ['/PodTemplate', ['template']],
  ['/ReplicationController', ['spec', 'template']],
  ['apps/Deployment', ['spec', 'template']],
  ['apps/StatefulSet', ['spec', 'template']],
  ['apps/DaemonSet', ['spec', 'template']],
  ['apps/ReplicaSet', ['spec', 'template']],
  ['batch/Job', ['spec', 'template']],
  ['batch/CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
]);

const CONTAINER_LISTS: readonly (readonly [ContainerKind, string])[] = [
  ['init', 'initContainers'],
  ['regular', 'containers'],
  ['ephemeral', 'ephemeralContainers'],
];

/** The pod templates of objects of Kubernetes' own kinds, in their order. */
export function podTemplates(objects: readonly KubernetesObject[]): PodTemplate[] {
  return objects.flatMap((object) => podTemplate(object) ?? []);
}

/** The pod template of an object of one of Kubernetes' own kinds; undefined where there is none. */
export function podTemplate(object: KubernetesObject): PodTemplate | undefined {
  const path = TEMPLATE_PATHS.get(`${groupOf(object)}/${object.kind}`);
  if (path === undefined) return undefined;
  const template = valueAt(object.body, path);
  if (!isObject(template) || !isObject(template.spec)) return undefined;
  const metadata = objectOf(template.metadata);
  return {
    object,
    path,
    labels: objectOf(metadata.labels),
    annotations: objectOf(metadata.annotations),
    spec: template.spec,
  };
}

/** The containers of a pod as they stand in it, init containers first. */
export function containersOf(pod: PodTemplate): Container[] {
  return CONTAINER_LISTS.flatMap(([kind, key]) =>
    objectsIn(pod.spec[key]).map(({ item: body, index }) => ({
      pod,
      kind,
      name: typeof body.name === 'string' ? body.name : '?',
      path: [...pod.path, 'spec', key, index],
      body,
    })),
  );
}

/** An init container that runs as long as the pod does. */
export function isSidecar({ kind, body }: Container): boolean {
  return kind === 'init' && body.restartPolicy === 'Always';
}

const KIND_PREFIXES = { init: 'init ', regular: '', ephemeral: 'ephemeral ' } as const;

/** `init container wait of Deployment/demo` */
export function describeContainer({ kind, name, pod }: Container): string {
  return `${KIND_PREFIXES[kind]}container ${name} of ${nameOf(pod.object)}`;
}

/** What stands at a path; undefined where the path ends before. */
export function valueAt(value: Json | undefined, path: ObjectPath): Json | undefined {
  let found = value;
  for (const key of path) {
    if (Array.isArray(found)) found = typeof key === 'number' ? found[key] : undefined;
    else found = isObject(found) ? own(found, key) : undefined;
  }
  return found;
}

/** The objects of a list with their places in it; what is no object is left out. */
export function objectsIn(list: Json | undefined): { item: Record<string, Json>; index: number }[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item, index) => (isObject(item) ? [{ item, index }] : []));
}

/** An object as it is, anything else as an empty one. */
export function objectOf(value: Json | undefined): Record<string, Json> {
  return isObject(value) ? value : {};
}
