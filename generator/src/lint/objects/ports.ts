import type { Json } from '../../model/types.ts';
import type { KubernetesObject } from '../manifests.ts';
import type { ObjectPath } from '../rule.ts';
import {
  containersOf,
  isSidecar,
  objectsIn,
  valueAt,
  type Container,
  type PodTemplate,
} from './pods.ts';

/** A port by name or number; anything else is malformed. */
export type PortReference = string | number;

export interface ContainerPort {
  container: Container;
  /** Empty where it has none. */
  name: string;
  number?: number;
  protocol: string;
  path: ObjectPath;
}

export interface ServicePort {
  /** Empty where it has none. */
  name: string;
  number?: number;
  /** The port's own number where it names none. */
  target?: PortReference;
  protocol: string;
  path: ObjectPath;
}

const PROBES: readonly ObjectPath[] = [
  ...['startupProbe', 'readinessProbe', 'livenessProbe'].map((probe) => [probe]),
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
];
const HANDLERS: readonly string[] = ['httpGet', 'tcpSocket', 'grpc'];

/** The ports of containers that run as long as the pod does. */
export function containerPorts(pod: PodTemplate): ContainerPort[] {
  return containersOf(pod)
    .filter((container) => container.kind === 'regular' || isSidecar(container))
    .flatMap((container) =>
      objectsIn(container.body.ports).map(({ item, index }) => ({
        container,
        name: text(item.name),
        ...(typeof item.containerPort === 'number' && { number: item.containerPort }),
        protocol: protocolOf(item),
        path: [...container.path, 'ports', index],
      })),
    );
}

/** The ports of a Service; what does not fit the API is passed over. */
export function servicePorts(service: KubernetesObject): ServicePort[] {
  return objectsIn(valueAt(service.body, ['spec', 'ports'])).map(({ item, index }) => {
    const target = portReference(item.targetPort ?? item.port);
    return {
      name: text(item.name),
      ...(typeof item.port === 'number' && { number: item.port }),
      ...(target !== undefined && { target }),
      protocol: protocolOf(item),
      path: ['spec', 'ports', index],
    };
  });
}

/** Whether a reference means a port, whatever the protocol. */
export function isPort(
  port: { name: string; number?: number },
  reference: PortReference | undefined,
): boolean {
  if (reference === undefined) return false;
  return typeof reference === 'string' ? port.name === reference : port.number === reference;
}

/** The ports that a container's probes and lifecycle hooks call, and where. */
export function probedPorts(container: Container): { port: PortReference; path: ObjectPath }[] {
  return PROBES.flatMap((probe) =>
    HANDLERS.flatMap((handler) => {
      const path = [...probe, handler, 'port'];
      const port = portReference(valueAt(container.body, path));
      return port === undefined ? [] : [{ port, path: [...container.path, ...path] }];
    }),
  );
}

/** A port as its name or number; undefined for anything else. */
export function portReference(value: Json | undefined): PortReference | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

function protocolOf({ protocol }: Record<string, Json>): string {
  return typeof protocol === 'string' ? protocol : 'TCP';
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
