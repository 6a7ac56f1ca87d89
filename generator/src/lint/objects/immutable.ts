import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../../model/json.ts';
import type { Json } from '../../model/types.ts';
import type { KubernetesObject } from '../manifests.ts';
import type { LintedRendering, ObjectPath } from '../rule.ts';
import { isHook } from './hooks.ts';
import { identityOf } from './names.ts';
import { valueAt } from './pods.ts';
import { groupKindOf } from './selectors.ts';

/** What an upgrade would have to change though Kubernetes refuses it. */
export interface ImmutableChange {
  object: KubernetesObject;
  /** The field that is to stay as it is. */
  field: ObjectPath;
  /** What differs in it. */
  path: ObjectPath;
}

const SELECTOR = ['spec.selector'];

/** Fields that stay as they are made, by kind; from the validation of updates in pkg/apis of Kubernetes. */
const IMMUTABLE: ReadonlyMap<string, readonly string[]> = new Map([
  ['apps/Deployment', SELECTOR],
  ['apps/DaemonSet', SELECTOR],
  ['apps/ReplicaSet', SELECTOR],
  [
    'apps/StatefulSet',
    [...SELECTOR, 'spec.serviceName', 'spec.podManagementPolicy', 'spec.volumeClaimTemplates'],
  ],
  [
    'batch/Job',
    [
      ...SELECTOR,
      ...['template', 'completions', 'completionMode', 'podFailurePolicy', 'successPolicy'].map(
        (field) => `spec.${field}`,
      ),
    ],
  ],
  ['/Service', ['spec.clusterIP']],
  [
    '/PersistentVolumeClaim',
    ['accessModes', 'selector', 'storageClassName', 'volumeMode', 'volumeName', 'dataSource'].map(
      (field) => `spec.${field}`,
    ),
  ],
  ['/Secret', ['type']],
  ['rbac.authorization.k8s.io/RoleBinding', ['roleRef']],
  ['rbac.authorization.k8s.io/ClusterRoleBinding', ['roleRef']],
  [
    'storage.k8s.io/StorageClass',
    ['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode'],
  ],
  ['scheduling.k8s.io/PriorityClass', ['value', 'preemptionPolicy']],
  ['networking.k8s.io/IngressClass', ['spec.controller']],
]);
/** Of ConfigMaps and Secrets that say `immutable: true`. */
const DATA = ['data', 'binaryData', 'stringData'];

/** The changes from one rendering to another that no upgrade can make. */
export function immutableChanges(
  before: LintedRendering,
  after: LintedRendering,
): ImmutableChange[] {
  const others = new Map(after.objects.map((object) => [identityOf(object), object]));
  return before.objects.flatMap((object) => {
    const other = others.get(identityOf(object));
    // Helm makes hooks anew each time.
    if (other === undefined || object.name === '' || isHook(object)) return [];
    return immutableFields(object).flatMap((field) => {
      const path = difference(valueAt(object.body, field), valueAt(other.body, field), field);
      return path === undefined ? [] : [{ object, field, path }];
    });
  });
}

function immutableFields(object: KubernetesObject): ObjectPath[] {
  const fields = IMMUTABLE.get(groupKindOf(object)) ?? [];
  const data = object.body.immutable === true ? DATA : [];
  return [...fields, ...data].map((field) => field.split('.'));
}

/** The deepest path that holds all that differs. */
function difference(
  before: Json | undefined,
  after: Json | undefined,
  path: ObjectPath,
): ObjectPath | undefined {
  if (isDeepStrictEqual(before, after)) return undefined;
  const [one, two] = [entriesOf(before), entriesOf(after)];
  if (one === undefined || two === undefined) return path;
  const keys = new Set([...one.keys(), ...two.keys()]);
  const differing = [...keys].filter((key) => !isDeepStrictEqual(one.get(key), two.get(key)));
  const [key] = differing;
  if (key === undefined || differing.length > 1 || !one.has(key)) return path;
  return difference(one.get(key), two.get(key), [...path, key]);
}

function entriesOf(value: Json | undefined): Map<string | number, Json> | undefined {
  if (Array.isArray(value)) return new Map(value.entries());
  return isObject(value) ? new Map(Object.entries(value)) : undefined;
}
