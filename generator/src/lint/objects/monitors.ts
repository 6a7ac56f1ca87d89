import { isObject } from '../../model/json.ts';
import type { KubernetesObject } from '../manifests.ts';
import type { ObjectPath } from '../rule.ts';
import { namespaceOf } from './names.ts';
import { objectsIn, valueAt, type PodTemplate } from './pods.ts';
import { portReference, type PortReference } from './ports.ts';
import { groupKindOf, selects, type Selector } from './selectors.ts';

const SERVICE_MONITOR = 'monitoring.coreos.com/ServiceMonitor';
const POD_MONITOR = 'monitoring.coreos.com/PodMonitor';

/** A port that a monitor scrapes. */
export interface MonitoredPort {
  /** Name of a port of the Service for a ServiceMonitor's `port`, of a container for all others. */
  port: PortReference;
  isServicePort: boolean;
  path: ObjectPath;
}

/** Is it a ServiceMonitor of the Prometheus Operator? */
export function isServiceMonitor(object: KubernetesObject): boolean {
  return groupKindOf(object) === SERVICE_MONITOR;
}

/** Is it a ServiceMonitor or a PodMonitor of the Prometheus Operator? */
export function isMonitor(object: KubernetesObject): boolean {
  return isServiceMonitor(object) || groupKindOf(object) === POD_MONITOR;
}

/** The Services that a ServiceMonitor means. */
export function monitoredServices(
  monitor: KubernetesObject,
  selector: Selector,
  objects: readonly KubernetesObject[],
): KubernetesObject[] {
  return objects.filter(
    (object) =>
      groupKindOf(object) === '/Service' &&
      isInNamespacesOf(monitor, namespaceOf(object)) &&
      selects(selector, object.labels),
  );
}

/** The pods that a PodMonitor means. */
export function monitoredPods(
  monitor: KubernetesObject,
  selector: Selector,
  pods: readonly PodTemplate[],
): PodTemplate[] {
  return pods.filter(
    (pod) => isInNamespacesOf(monitor, namespaceOf(pod.object)) && selects(selector, pod.labels),
  );
}

/** Of https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.Endpoint */
export function monitoredPorts(monitor: KubernetesObject): MonitoredPort[] {
  const list = isServiceMonitor(monitor) ? 'endpoints' : 'podMetricsEndpoints';
  return objectsIn(valueAt(monitor.body, ['spec', list])).flatMap(({ item, index }) =>
    ['port', 'targetPort', 'portNumber'].flatMap((key) => {
      const port = portReference(item[key]);
      if (port === undefined) return [];
      const isServicePort = key === 'port' && isServiceMonitor(monitor);
      return [{ port, isServicePort, path: ['spec', list, index, key] }];
    }),
  );
}

/** Whether a monitor looks at a namespace: its own one where it does not say. */
export function isInNamespacesOf(monitor: KubernetesObject, namespace: string): boolean {
  const selector = valueAt(monitor.body, ['spec', 'namespaceSelector']);
  if (!isObject(selector)) return namespace === namespaceOf(monitor);
  if (selector.any === true) return true;
  const { matchNames } = selector;
  if (!Array.isArray(matchNames) || matchNames.length === 0)
    return namespace === namespaceOf(monitor);
  return matchNames.includes(namespace);
}
