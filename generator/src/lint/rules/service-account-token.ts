import { nameOf, type KubernetesObject } from '../manifests.ts';
import { isHook } from '../objects/hooks.ts';
import { podTemplates, type PodTemplate } from '../objects/pods.ts';
import { bindingsOf, type Binding } from '../objects/rbac.ts';
import type { Rule } from '../rule.ts';

/** Pods that get a token for the Kubernetes API without any right there. */
export const serviceAccountToken: Rule = {
  id: 'service-account-token',
  severity: 'info',
  summary: 'Pods get a token for the Kubernetes API although the chart gives them no rights there.',
  reason:
    'A process that does not talk to the API needs no token, and whoever breaks into it has one thing less to use.',
  remedy: 'Set `automountServiceAccountToken: false` in the pod or its ServiceAccount.',
  source:
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
  rendering({ objects }) {
    const bindings = bindingsOf(objects);
    const accounts = objects.filter(({ kind }) => kind === 'ServiceAccount');
    return podTemplates(objects)
      .filter(({ object }) => !isHook(object))
      .flatMap((pod) => {
        const name = accountOf(pod);
        const account = accounts.find((one) => one.name === name);
        // What an account from elsewhere is for, the chart does not say.
        const isKnown = account !== undefined || name === 'default';
        if (!isKnown || !isUnsaid(pod, account) || bindings.some((one) => binds(one, name)))
          return [];
        return [
          {
            message: `${nameOf(pod.object)} gets a token of ServiceAccount/${name}, which the chart binds to no role`,
            place: { object: pod.object, path: [...pod.path, 'spec'] },
          },
        ];
      });
  },
};

function accountOf({ spec }: PodTemplate): string {
  const name = spec.serviceAccountName ?? spec.serviceAccount;
  return typeof name === 'string' && name !== '' ? name : 'default';
}

/** Where neither says a word; one that is said is a choice. */
function isUnsaid({ spec }: PodTemplate, account: KubernetesObject | undefined): boolean {
  return [spec, account?.body].every((part) => part?.automountServiceAccountToken == null);
}

function binds({ subjects }: Binding, account: string): boolean {
  return subjects.some(
    ({ kind, name }) =>
      (kind === 'ServiceAccount' && name === account) ||
      (kind === 'Group' && typeof name === 'string' && name.startsWith('system:serviceaccounts')),
  );
}
