import type { KubernetesObject } from '../manifests.ts';
import { isServiceMonitor, monitoredPods, monitoredPorts } from '../objects/monitors.ts';
import { isWhole } from '../objects/names.ts';
import {
  containersOf,
  objectsIn,
  podTemplates,
  valueAt,
  type PodTemplate,
} from '../objects/pods.ts';
import {
  containerPorts,
  isPort,
  portReference,
  probedPorts,
  servicePorts,
  type PortReference,
} from '../objects/ports.ts';
import { groupKindOf, otherSelector, podsSelectedBy } from '../objects/selectors.ts';
import type { Rule } from '../rule.ts';

const LONG_RUNNING: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);
/** Those who watch the cluster scrape such ports with monitors of their own. */
const METRICS = /metrics|prom/;

/** A named port of a container that nothing else of the chart names. */
export const unservedContainerPort: Rule = {
  id: 'unserved-container-port',
  severity: 'info',
  summary: 'A container names a port that no Service, probe, monitor or NetworkPolicy uses.',
  reason: 'Often a Service lacks a port that was meant, or the port is a left-over.',
  remedy: 'Add the port to a Service, or remove it from the container.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
  rendering(rendering) {
    if (!isWhole(rendering)) return [];
    const { objects } = rendering;
    const pods = podTemplates(objects);
    return pods
      .filter(({ object, spec }) => LONG_RUNNING.has(object.kind) && spec.hostNetwork !== true)
      .flatMap((pod) => {
        const uses = usesOf(pod, objects);
        if (uses === 'all') return [];
        return containerPorts(pod)
          .filter(({ name }) => name !== '' && !METRICS.test(name))
          .filter((port) => !uses.some((use) => isPort(port, use)))
          .filter(({ path }) => valueAt(pod.object.body, [...path, 'hostPort']) === undefined)
          .map(({ name, container, path }) => ({
            message: `no Service, probe, monitor or NetworkPolicy uses port ${name} of container ${container.name}`,
            place: { object: pod.object, path: [...path, 'name'], at: 'value' as const },
          }));
      });
  },
};

/** What is used of a pod's ports; all of them where DNS leads to the pod itself. */
function usesOf(
  pod: PodTemplate,
  objects: readonly KubernetesObject[],
): readonly PortReference[] | 'all' {
  const uses = [
    ...containersOf(pod).flatMap((container) => probedPorts(container).map(({ port }) => port)),
    ...Object.values(pod.annotations).flatMap(annotatedPort),
  ];
  for (const object of objects) {
    const selector = otherSelector(object);
    if (selector === undefined) continue;
    const kind = groupKindOf(object);
    const isSelected = podsSelectedBy(object, selector, [pod]).length > 0;
    if (kind === '/Service' && isSelected) {
      const ports = servicePorts(object);
      if (ports.length === 0) return 'all';
      uses.push(...ports.flatMap(({ target }) => target ?? []));
    } else if (kind === 'networking.k8s.io/NetworkPolicy' && isSelected) {
      uses.push(...admittedPorts(object));
    } else if (isServiceMonitor(object) || monitoredPods(object, selector, [pod]).length > 0) {
      uses.push(...monitoredPorts(object).flatMap((use) => (use.isServicePort ? [] : use.port)));
    }
  }
  return uses;
}

function admittedPorts(policy: KubernetesObject): PortReference[] {
  return objectsIn(valueAt(policy.body, ['spec', 'ingress']))
    .flatMap(({ item }) => objectsIn(item.ports))
    .flatMap(({ item }) => portReference(item.port) ?? []);
}

/** `prometheus.io/port: "9102"`; annotations hold text only. */
function annotatedPort(value: unknown): PortReference[] {
  if (typeof value !== 'string') return [];
  return /^\d+$/.test(value) ? [Number(value)] : [value];
}
