import type { Rule } from '../rule.ts';
import type { Breach } from '../objects/pod-security/breach.ts';
import { restrictedBreaches } from '../objects/pod-security/restricted.ts';
import { ownPods } from '../objects/own-pods.ts';

/** Pods that the Pod Security Standard `restricted` refuses; hostPath volumes have a rule of their own. */
export const podSecurity: Rule = {
  id: 'pod-security',
  severity: 'warning',
  summary: 'A pod does not keep to the Pod Security Standard `restricted`.',
  reason:
    'Namespaces that enforce the standard refuse such pods, and a process that is broken into can do more harm.',
  remedy: 'Set the field as the standard asks, or say in an ignore entry why the pod needs it.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  rendering(rendering) {
    const { kubeVersions } = rendering;
    return ownPods(rendering).flatMap((pod) =>
      restrictedBreaches(pod).flatMap((breach) => {
        const { control, subject, field, wanted, path } = breach;
        const versions = kubeVersions.filter((version) => isForbidden(breach, version));
        if (versions.length === 0) return [];
        return [
          {
            message: `${subject} breaks "${control}": ${field} must be ${wanted}`,
            place: { object: pod.object, path },
            ...(versions.length < kubeVersions.length && { kubeVersions: versions }),
          },
        ];
      }),
    );
  },
};

function isForbidden({ since = 0, before = Infinity }: Breach, kubeVersion: string): boolean {
  const minor = Number(/^v?\d+\.(\d+)/.exec(kubeVersion)?.[1] ?? Infinity);
  return since <= minor && minor < before;
}
