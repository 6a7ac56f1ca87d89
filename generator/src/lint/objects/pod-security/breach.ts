import { nameOf } from '../../manifests.ts';
import type { ObjectPath } from '../../rule.ts';
import { describeContainer, valueAt, type Container, type PodTemplate } from '../pods.ts';

/** What breaks a control of the Pod Security Standards. */
export interface Breach {
  /** As https://kubernetes.io/docs/concepts/security/pod-security-standards/ calls it. */
  control: string;
  /** `container web of Deployment/demo` */
  subject: string;
  field: string;
  /** What follows `must be`. */
  wanted: string;
  /** In the object. */
  path: ObjectPath;
  /** First minor version of Kubernetes that forbids it; each where absent. */
  since?: number;
  /** First minor version that allows it; none where absent. */
  before?: number;
}

/** A pod or a container of it, both of which have a `securityContext`. */
export interface Subject {
  name: string;
  /** Of what holds the `securityContext`. */
  path: ObjectPath;
  body: Container['body'];
}

/** A pod, without its containers. */
export function podSubject(pod: PodTemplate): Subject {
  return {
    name: `the pod of ${nameOf(pod.object)}`,
    path: [...pod.path, 'spec'],
    body: pod.spec,
  };
}

/** A container, by the name that it is reported under. */
export function containerSubject(container: Container): Subject {
  const { path, body } = container;
  return { name: describeContainer(container), path, body };
}

/** Since Kubernetes 1.35 what a pod may do as root of its own user namespace is not restricted. */
export function userNamespaceRelief({ spec }: PodTemplate): Pick<Breach, 'before'> {
  return spec.hostUsers === false ? { before: 35 } : {};
}

/** Windows has none of what Linux restricts; the API refuses such fields there. */
export function isWindows({ spec }: PodTemplate): boolean {
  return valueAt(spec, ['os', 'name']) === 'windows';
}
