import {
  containersOf,
  describeContainer,
  objectsIn,
  valueAt,
  type Container,
  type PodTemplate,
} from '../pods.ts';
import type { Breach } from './breach.ts';

const HANDLERS = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
] as const;

/** Fields of containers outside their `securityContext` that reach the host. */
export function containerBreaches(pod: PodTemplate): Breach[] {
  return containersOf(pod).flatMap((container) => [
    ...portBreaches(container),
    ...handlerBreaches(container),
  ]);
}

function portBreaches(container: Container): Breach[] {
  return objectsIn(container.body.ports).flatMap(({ item, index }) =>
    item.hostPort === undefined || item.hostPort === null || item.hostPort === 0
      ? []
      : [
          {
            control: 'Host Ports',
            subject: describeContainer(container),
            field: `ports[${index}].hostPort`,
            wanted: 'unset',
            path: [...container.path, 'ports', index, 'hostPort'],
          },
        ],
  );
}

function handlerBreaches(container: Container): Breach[] {
  const fields = HANDLERS.flatMap((handler) =>
    ['httpGet', 'tcpSocket'].map((action) => [...handler, action, 'host']),
  );
  return fields.flatMap((field) => {
    const host = valueAt(container.body, field);
    if (typeof host !== 'string' || host === '') return [];
    return [
      {
        control: 'Host Probes / Lifecycle Hooks',
        subject: describeContainer(container),
        field: field.join('.'),
        wanted: 'unset',
        path: [...container.path, ...field],
        since: 34,
      },
    ];
  });
}
