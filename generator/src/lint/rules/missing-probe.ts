import { groupOf, type KubernetesObject } from '../manifests.ts';
import { isHook } from '../objects/hooks.ts';
import {
  containersOf,
  describeContainer,
  isSidecar,
  objectsIn,
  type Container,
} from '../objects/pods.ts';
import { ownPods } from '../objects/own-pods.ts';
import type { Observation, Rule } from '../rule.ts';

/** Kinds whose pods are to run for ever. */
const LONG_RUNNING = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];

/** Containers that Kubernetes cannot tell to be ready or stuck. */
export const missingProbe: Rule = {
  id: 'missing-probe',
  severity: 'warning',
  summary: 'A container that runs for ever has no readiness or no liveness probe.',
  reason:
    'Without a readiness probe traffic reaches a container before it can answer, and an update goes on although it never will. Without a liveness probe a stuck process stays as it is; where a process ends by itself when it is broken, that is fine.',
  remedy: 'Give the container a probe that asks the process itself.',
  source:
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
  rendering(rendering) {
    const pods = ownPods(rendering).filter(({ object }) => isLongRunning(object));
    return pods.flatMap((pod) =>
      containersOf(pod)
        .filter((container) => container.kind === 'regular' || isSidecar(container))
        .flatMap(missingProbes),
    );
  },
};

function isLongRunning(object: KubernetesObject): boolean {
  return groupOf(object) === 'apps' && LONG_RUNNING.includes(object.kind) && !isHook(object);
}

function missingProbes(container: Container): Observation[] {
  // Nobody talks to a container without ports: there it is advice only.
  const isServing = objectsIn(container.body.ports).length > 0;
  const lacks = (probe: 'readiness' | 'liveness') => container.body[`${probe}Probe`] == null;
  const observe = (probe: string, severity: 'warning' | 'info'): Observation => ({
    message: `${describeContainer(container)} has no ${probe} probe`,
    severity,
    place: { object: container.pod.object, path: container.path },
  });
  return [
    ...(lacks('readiness') ? [observe('readiness', isServing ? 'warning' : 'info')] : []),
    ...(lacks('liveness') && isServing ? [observe('liveness', 'info')] : []),
  ];
}
