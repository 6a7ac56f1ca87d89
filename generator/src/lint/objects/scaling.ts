import type { KubernetesObject } from '../manifests.ts';
import { namespaceOf } from './names.ts';
import { valueAt } from './pods.ts';
import { groupKindOf } from './selectors.ts';

const SCALERS: ReadonlySet<string> = new Set([
  'autoscaling/HorizontalPodAutoscaler',
  'keda.sh/ScaledObject',
]);
/** The least number of pods of a scaler, and what it is where the field is absent. */
const LEAST: ReadonlyMap<string, { field: string; otherwise: number }> = new Map([
  ['HorizontalPodAutoscaler', { field: 'minReplicas', otherwise: 1 }],
  ['ScaledObject', { field: 'minReplicaCount', otherwise: 0 }],
]);

/** The autoscaler that changes the number of an object's pods. */
export function scaledBy(
  object: KubernetesObject,
  objects: readonly KubernetesObject[],
): KubernetesObject | undefined {
  return objects.find(
    (scaler) =>
      SCALERS.has(groupKindOf(scaler)) &&
      namespaceOf(scaler) === namespaceOf(object) &&
      (valueAt(scaler.body, ['spec', 'scaleTargetRef', 'kind']) ?? 'Deployment') === object.kind &&
      valueAt(scaler.body, ['spec', 'scaleTargetRef', 'name']) === object.name,
  );
}

/** How many pods a workload has at least; undefined where that depends on the cluster. */
export function leastReplicas(
  object: KubernetesObject,
  objects: readonly KubernetesObject[],
): number | undefined {
  if (!['Deployment', 'StatefulSet', 'ReplicaSet'].includes(object.kind)) return undefined;
  const scaler = scaledBy(object, objects);
  const least = scaler && LEAST.get(scaler.kind);
  const { field, otherwise } = least ?? { field: 'replicas', otherwise: 1 };
  const replicas = valueAt((scaler ?? object).body, ['spec', field]) ?? otherwise;
  return typeof replicas === 'number' ? replicas : undefined;
}
