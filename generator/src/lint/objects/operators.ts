import type { Json } from '../../model/types.ts';
import { groupOf, type KubernetesObject } from '../manifests.ts';

/** Groups of custom resources whose controllers make no pods, Services or ConfigMaps of their own. */
const PASSIVE_GROUPS: ReadonlySet<string> = new Set([
  'cert-manager.io',
  'external-secrets.io',
  'bitnami.com',
  'keda.sh',
  'kyverno.io',
  'networking.istio.io',
  'security.istio.io',
  'telemetry.istio.io',
  'projectcontour.io',
  'traefik.io',
]);

/** Of prometheus-operator's group; its other kinds only configure these. */
const ACTIVE_MONITORING: ReadonlySet<string> = new Set([
  'Alertmanager',
  'Prometheus',
  'PrometheusAgent',
  'ThanosRuler',
]);

/** Whether an object is of a kind that Kubernetes itself does not have. */
export function isCustom(object: KubernetesObject): boolean {
  const group = groupOf(object);
  return group.includes('.') && !group.endsWith('.k8s.io');
}

/** Custom resources for which an operator makes objects that no chart shows: pods, Services, Secrets. */
export function operatedResources(objects: readonly KubernetesObject[]): KubernetesObject[] {
  return objects.filter((object) => {
    const group = groupOf(object);
    if (!isCustom(object) || PASSIVE_GROUPS.has(group)) return false;
    return group !== 'monitoring.coreos.com' || ACTIVE_MONITORING.has(object.kind);
  });
}

/** What the values name: every text in them and every key. */
export function namesIn(values: Json | undefined): string[] {
  if (typeof values === 'string') return [values];
  if (typeof values !== 'object' || values === null) return [];
  const keys = Array.isArray(values) ? [] : Object.keys(values);
  return [...keys, ...Object.values(values).flatMap(namesIn)];
}

/** Every text in a value, however deep. */
export function textsIn(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
