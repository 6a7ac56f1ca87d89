import { nameOf, type KubernetesObject } from '../manifests.ts';
import {
  isMonitor,
  isServiceMonitor,
  monitoredPods,
  monitoredPorts,
  monitoredServices,
} from '../objects/monitors.ts';
import { containersOf, podTemplates, type PodTemplate } from '../objects/pods.ts';
import { containerPorts, isPort, probedPorts, servicePorts } from '../objects/ports.ts';
import { otherSelector } from '../objects/selectors.ts';
import type { Observation, Rule } from '../rule.ts';

/** A probe or a monitor that names a port which is not there. */
export const unknownPortName: Rule = {
  id: 'unknown-port-name',
  severity: 'error',
  summary: 'A probe, a lifecycle hook or a monitor names a port that there is not.',
  reason: 'The probe fails for ever; the monitor scrapes nothing and nobody is told.',
  remedy:
    'Use the name that the port has in the container, or in the Service for a ServiceMonitor.',
  source:
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#use-a-named-port',
  rendering({ objects }) {
    return [
      ...podTemplates(objects).flatMap(observeProbes),
      ...objects
        .filter(isMonitor)
        .flatMap((monitor) => observeMonitor(monitor, objects))
        .map((observation) => ({ ...observation, severity: 'warning' as const })),
    ];
  },
};

/** The kubelet looks for the name in the container that is probed. */
function observeProbes(pod: PodTemplate): Observation[] {
  const ports = containerPorts(pod);
  return containersOf(pod).flatMap((container) => {
    const own = ports.filter((port) => port.container.path.join() === container.path.join());
    return probedPorts(container)
      .filter(({ port }) => typeof port === 'string' && !own.some((o) => isPort(o, port)))
      .map(({ port, path }) => ({
        message: `container ${container.name} has no port named ${port}`,
        place: { object: pod.object, path },
      }));
  });
}

function observeMonitor(
  monitor: KubernetesObject,
  objects: readonly KubernetesObject[],
): Observation[] {
  const selector = otherSelector(monitor);
  if (selector === undefined) return [];
  const isOfServices = isServiceMonitor(monitor);
  const services = isOfServices ? monitoredServices(monitor, selector, objects) : [];
  const pods = isOfServices ? [] : monitoredPods(monitor, selector, podTemplates(objects));
  const owners = [...services, ...pods.map(({ object }) => object)].map(nameOf);
  // A monitor without targets is told by the rule selector-without-target.
  if (owners.length === 0) return [];
  const ports = [...services.flatMap(servicePorts), ...pods.flatMap(containerPorts)];
  return monitoredPorts(monitor)
    .filter(({ port, isServicePort }) => typeof port === 'string' && isServicePort === isOfServices)
    .filter(({ port }) => !ports.some((candidate) => isPort(candidate, port)))
    .map(({ port, path }) => ({
      message: `${nameOf(monitor)} scrapes port ${port}, which ${[...new Set(owners)].join(', ')} does not have`,
      place: { object: monitor, path },
    }));
}
