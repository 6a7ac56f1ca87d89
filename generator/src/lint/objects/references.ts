import type { KubernetesObject } from '../manifests.ts';
import type { ObjectPath } from '../rule.ts';
import { namespaceOf } from './names.ts';
import { podReferences } from './pod-references.ts';
import { objectOf, objectsIn, podTemplate, valueAt } from './pods.ts';
import { portReference, type PortReference } from './ports.ts';
import { groupKindOf } from './selectors.ts';

/** What an object says of another one. */
export interface Reference {
  /** Kind of the other object; kinds of Kubernetes are meant, whatever their group. */
  kind: string;
  name: string;
  /** Empty for what belongs to no namespace. */
  namespace: string;
  /** In the object that refers. */
  path: ObjectPath;
  /** A key of a ConfigMap or Secret. */
  key?: string;
  /** A port of a Service. */
  port?: PortReference;
}

type ReadReferences = (object: KubernetesObject) => Reference[];

const READERS: ReadonlyMap<string, ReadReferences> = new Map([
  ['apps/StatefulSet', ofStatefulSet],
  ['networking.k8s.io/Ingress', ofIngress],
  ['autoscaling/HorizontalPodAutoscaler', ofScaler],
  ['keda.sh/ScaledObject', ofScaler],
  ['rbac.authorization.k8s.io/RoleBinding', ofBinding],
  ['rbac.authorization.k8s.io/ClusterRoleBinding', ofBinding],
  ['admissionregistration.k8s.io/ValidatingWebhookConfiguration', ofWebhooks],
  ['admissionregistration.k8s.io/MutatingWebhookConfiguration', ofWebhooks],
]);

const ROUTES: ReadonlySet<string> = new Set(['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute']);

/** What an object cannot do without; what it calls optional is left out. */
export function referencesOf(object: KubernetesObject): Reference[] {
  const kind = groupKindOf(object);
  const isRoute = kind.startsWith('gateway.networking.k8s.io/') && ROUTES.has(object.kind);
  const read = isRoute ? ofRoute : READERS.get(kind);
  const pod = podTemplate(object);
  return [...(pod ? podReferences(pod) : []), ...(read?.(object) ?? [])];
}

function ofStatefulSet(object: KubernetesObject): Reference[] {
  return refer(object, 'Service', ['spec', 'serviceName']);
}

function ofIngress(object: KubernetesObject): Reference[] {
  const paths = objectsIn(valueAt(object.body, ['spec', 'rules'])).flatMap(({ item, index }) =>
    objectsIn(objectOf(item.http).paths).map((path): ObjectPath => [
      'spec',
      'rules',
      index,
      'http',
      'paths',
      path.index,
      'backend',
    ]),
  );
  const backends = [['spec', 'defaultBackend'], ...paths].flatMap((backend) => {
    const port = portReference(
      valueAt(object.body, [...backend, 'service', 'port', 'name']) ??
        valueAt(object.body, [...backend, 'service', 'port', 'number']),
    );
    // What the AWS Load Balancer Controller reads from an annotation of the backend's name.
    if (port === 'use-annotation') return [];
    const path = [...backend, 'service', 'name'];
    return refer(object, 'Service', path, port === undefined ? {} : { port });
  });
  return [...backends, ...certificates(object)];
}

/** Annotations such as `cert-manager.io/issuer` have the certificate made. */
function certificates(ingress: KubernetesObject): Reference[] {
  if (Object.keys(ingress.annotations).some((key) => /issuer|acme/.test(key))) return [];
  return objectsIn(valueAt(ingress.body, ['spec', 'tls'])).flatMap(({ index }) =>
    refer(ingress, 'Secret', ['spec', 'tls', index, 'secretName']),
  );
}

function ofRoute(object: KubernetesObject): Reference[] {
  return objectsIn(valueAt(object.body, ['spec', 'rules'])).flatMap(({ item, index }) =>
    objectsIn(item.backendRefs).flatMap((backend) => {
      const { kind = 'Service', namespace, port } = backend.item;
      if (kind !== 'Service') return [];
      const path = ['spec', 'rules', index, 'backendRefs', backend.index, 'name'];
      return refer(object, 'Service', path, {
        ...(typeof namespace === 'string' && { namespace }),
        ...(typeof port === 'number' && { port }),
      });
    }),
  );
}

function ofScaler(object: KubernetesObject): Reference[] {
  const kind = valueAt(object.body, ['spec', 'scaleTargetRef', 'kind']) ?? 'Deployment';
  if (kind !== 'Deployment' && kind !== 'StatefulSet') return [];
  return refer(object, kind, ['spec', 'scaleTargetRef', 'name']);
}

function ofBinding(object: KubernetesObject): Reference[] {
  const kind = valueAt(object.body, ['roleRef', 'kind']);
  const namespace = kind === 'ClusterRole' ? '' : namespaceOf(object);
  const role =
    typeof kind === 'string' ? refer(object, kind, ['roleRef', 'name'], { namespace }) : [];
  const subjects = objectsIn(object.body.subjects).flatMap(({ item, index }) => {
    if (item.kind !== 'ServiceAccount') return [];
    const path = ['subjects', index, 'name'];
    return refer(object, 'ServiceAccount', path, {
      ...(typeof item.namespace === 'string' && { namespace: item.namespace }),
    });
  });
  return [...role, ...subjects];
}

function ofWebhooks(object: KubernetesObject): Reference[] {
  return objectsIn(object.body.webhooks).flatMap(({ item, index }) => {
    const { namespace, port = 443 } = objectOf(objectOf(item.clientConfig).service);
    return refer(object, 'Service', ['webhooks', index, 'clientConfig', 'service', 'name'], {
      ...(typeof namespace === 'string' && { namespace }),
      ...(typeof port === 'number' && { port }),
    });
  });
}

function refer(
  object: KubernetesObject,
  kind: string,
  path: ObjectPath,
  details: Partial<Reference> = {},
): Reference[] {
  const name = valueAt(object.body, path);
  if (typeof name !== 'string' || name === '') return [];
  return [{ kind, name, path, namespace: namespaceOf(object), ...details }];
}
