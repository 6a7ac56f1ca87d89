import { nameOf, type KubernetesObject } from '../manifests.ts';
import { podTemplates, valueAt, type PodTemplate } from '../objects/pods.ts';
import {
  containerPorts,
  isPort,
  servicePorts,
  type ContainerPort,
  type ServicePort,
} from '../objects/ports.ts';
import { groupKindOf, otherSelector, podsSelectedBy } from '../objects/selectors.ts';
import type { Observation, Rule } from '../rule.ts';

/** A port of a Service that no container of its pods has. */
export const servicePortMismatch: Rule = {
  id: 'service-port-mismatch',
  severity: 'error',
  summary: 'A Service sends traffic to a port that none of its pods has.',
  reason:
    'A named port that no container has leaves that port without endpoints; a number that none declares is mostly a slip.',
  remedy: 'Name a port of the container in `targetPort`, or declare the port in the container.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
  rendering({ objects }) {
    const pods = podTemplates(objects);
    return objects
      .filter((object) => groupKindOf(object) === '/Service')
      .flatMap((service) => {
        const selector = otherSelector(service);
        const selected = selector ? podsSelectedBy(service, selector, pods) : [];
        return selected.length === 0 ? [] : observeService(service, selected);
      });
  },
};

function observeService(service: KubernetesObject, pods: readonly PodTemplate[]): Observation[] {
  const offered = pods.flatMap(containerPorts);
  // DNS leads to the pods of a headless Service, whatever its ports.
  const isHeadless = valueAt(service.body, ['spec', 'clusterIP']) === 'None';
  return servicePorts(service).flatMap((port) => {
    const { target, protocol, path } = port;
    const same = offered.filter((candidate) => isPort(candidate, target));
    if (target === undefined || same.some((candidate) => candidate.protocol === protocol))
      return [];
    const isCertain = typeof target === 'string' && !isHeadless;
    return [
      {
        message: `${nameOf(service)} sends ${labelOf(port)} to ${protocol} port ${target}, which ${whyNot(same, pods)}`,
        place: { object: service, path: [...path, 'targetPort'] },
        severity: isCertain ? ('error' as const) : ('warning' as const),
      },
    ];
  });
}

function labelOf({ name, number }: ServicePort): string {
  return `port ${name === '' ? (number ?? '?') : name}`;
}

function whyNot(same: readonly ContainerPort[], pods: readonly PodTemplate[]): string {
  const [other] = same;
  if (other) return `container ${other.container.name} has for ${other.protocol} only`;
  const owners = [...new Set(pods.map(({ object }) => nameOf(object)))];
  return `no container of ${owners.join(', ')} has`;
}
