import { isObject } from '../../model/json.ts';
import type { Json } from '../../model/types.ts';
import { groupOf, type KubernetesObject } from '../manifests.ts';
import type { ObjectPath } from '../rule.ts';
import { namespaceOf } from './names.ts';
import { objectOf, objectsIn, valueAt, type PodTemplate } from './pods.ts';

/** One condition of a selector; `matchLabels` are those with operator `In` and one value. */
export interface Requirement {
  key: string;
  operator: string;
  values: readonly string[];
  /** In the object. */
  path: ObjectPath;
}

/** Conditions that all must hold; without any it selects everything. */
export interface Selector {
  requirements: readonly Requirement[];
  /** In the object. */
  path: ObjectPath;
}

const WORKLOADS: ReadonlySet<string> = new Set([
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'apps/ReplicaSet',
  'batch/Job',
]);

/** Where kinds by group have a selector besides workloads. */
const SELECTOR_PATHS: ReadonlyMap<string, ObjectPath> = new Map([
  ['/Service', ['spec', 'selector']],
  ['policy/PodDisruptionBudget', ['spec', 'selector']],
  ['networking.k8s.io/NetworkPolicy', ['spec', 'podSelector']],
  ['monitoring.coreos.com/ServiceMonitor', ['spec', 'selector']],
  ['monitoring.coreos.com/PodMonitor', ['spec', 'selector']],
]);

/** `apps/Deployment`, `/Service`. */
export function groupKindOf(object: KubernetesObject): string {
  return `${groupOf(object)}/${object.kind}`;
}

/** The selector by which a workload finds its own pods; undefined for other objects, and for Jobs, which make their own. */
export function workloadSelector(object: KubernetesObject): Selector | undefined {
  if (!WORKLOADS.has(groupKindOf(object))) return undefined;
  if (object.kind === 'Job' && valueAt(object.body, ['spec', 'manualSelector']) !== true)
    return undefined;
  return readLabelSelector(object, ['spec', 'selector']);
}

/** The selector of a Service, monitor, policy or budget; undefined for other objects and those without. */
export function otherSelector(object: KubernetesObject): Selector | undefined {
  const path = SELECTOR_PATHS.get(groupKindOf(object));
  if (path === undefined) return undefined;
  if (groupKindOf(object) !== '/Service') return readLabelSelector(object, path);
  const labels = valueAt(object.body, path);
  const isExternal = valueAt(object.body, ['spec', 'type']) === 'ExternalName';
  // A Service that selects nothing has its endpoints from elsewhere.
  if (isExternal || !isObject(labels) || Object.keys(labels).length === 0) return undefined;
  return { requirements: fromLabels(labels, path), path };
}

/** Whether labels meet a condition; one that Kubernetes does not know is met. */
export function meets(labels: Record<string, Json>, requirement: Requirement): boolean {
  const { key, operator, values } = requirement;
  const has = Object.hasOwn(labels, key);
  const value = labelText(labels[key]);
  if (operator === 'In') return has && values.includes(value);
  if (operator === 'NotIn') return !has || !values.includes(value);
  if (operator === 'Exists') return has;
  return operator !== 'DoesNotExist' || !has;
}

/** Do these labels meet all that a selector asks for? */
export function selects({ requirements }: Selector, labels: Record<string, Json>): boolean {
  return requirements.every((requirement) => meets(labels, requirement));
}

/** The pods that a Service, policy or budget selects: those of its namespace. */
export function podsSelectedBy(
  object: KubernetesObject,
  selector: Selector,
  pods: readonly PodTemplate[],
): PodTemplate[] {
  const namespace = namespaceOf(object);
  return pods.filter(
    (pod) => namespaceOf(pod.object) === namespace && selects(selector, pod.labels),
  );
}

/** `app=web,tier in (a,b),!old`, as `kubectl` has it. */
export function formatSelector({ requirements }: Selector): string {
  return requirements
    .map(({ key, operator, values }) => {
      if (operator === 'Exists') return key;
      if (operator === 'DoesNotExist') return `!${key}`;
      if (operator === 'In' && values.length === 1) return `${key}=${values.join('')}`;
      return `${key} ${operator.toLowerCase()} (${values.join(',')})`;
    })
    .join(',');
}

/** Of https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors */
function readLabelSelector(object: KubernetesObject, path: ObjectPath): Selector | undefined {
  const selector = valueAt(object.body, path);
  if (!isObject(selector)) return undefined;
  const expressions = objectsIn(selector.matchExpressions).map(({ item, index }) => ({
    key: labelText(item.key),
    operator: labelText(item.operator),
    values: Array.isArray(item.values) ? item.values.map(labelText) : [],
    path: [...path, 'matchExpressions', index],
  }));
  const labels = fromLabels(objectOf(selector.matchLabels), [...path, 'matchLabels']);
  return { requirements: [...labels, ...expressions], path };
}

function fromLabels(labels: Record<string, Json>, path: ObjectPath): Requirement[] {
  return Object.entries(labels).map(([key, value]) => ({
    key,
    operator: 'In',
    values: [labelText(value)],
    path: [...path, key],
  }));
}

/** Labels that are no strings are refused by Kubernetes; as text they can still be compared. */
function labelText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
