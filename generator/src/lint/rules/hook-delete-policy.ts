import { nameOf, type KubernetesObject } from '../manifests.ts';
import { HOOK_DELETE_POLICY, isHook, isTest, listOf } from '../objects/hooks.ts';
import { valueAt } from '../objects/pods.ts';
import type { Observation, Rule } from '../rule.ts';

const RUNS_TO_AN_END: ReadonlySet<string> = new Set(['Job', 'Pod']);

/** Hooks that are left behind, or in the way of the next run. */
export const hookDeletePolicy: Rule = {
  id: 'hook-delete-policy',
  severity: 'warning',
  summary: 'A hook does not say when it is to be deleted, or is in the way of its next run.',
  reason:
    'Hooks do not belong to the release: `helm uninstall` leaves them in the cluster. And with a delete policy that lacks `before-hook-creation`, one that has failed makes the next run end with "already exists".',
  remedy:
    'Annotate the hook with `helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded`.',
  source: 'https://helm.sh/docs/topics/charts_hooks/#hook-deletion-policies',
  rendering({ objects }) {
    return objects
      .filter((object) => isHook(object) && object.kind !== 'CustomResourceDefinition')
      .flatMap((object) => withoutPolicy(object) ?? withoutReplacement(object) ?? []);
  },
};

/** Helm then deletes it before the next run only. */
function withoutPolicy(object: KubernetesObject): Observation | undefined {
  const { annotations, body } = object;
  const isKept =
    Object.hasOwn(annotations, HOOK_DELETE_POLICY) ||
    annotations['helm.sh/resource-policy'] === 'keep' ||
    valueAt(body, ['spec', 'ttlSecondsAfterFinished']) != null ||
    // The logs of a test are read after it has ended.
    isTest(object);
  if (isKept) return undefined;
  return {
    message: `${nameOf(object)} is a hook without a delete policy: it stays in the cluster after helm uninstall`,
    place: { object, path: ['metadata', 'annotations', 'helm.sh/hook'] },
    // Deleting it on success would take away what does its work by being there.
    ...(!RUNS_TO_AN_END.has(object.kind) && { hint: 'Make it a part of the release, not a hook.' }),
  };
}

function withoutReplacement(object: KubernetesObject): Observation | undefined {
  const policy = object.annotations[HOOK_DELETE_POLICY];
  const policies = listOf(policy) ?? [];
  const isAlwaysDeleted = ['hook-succeeded', 'hook-failed'].every((one) => policies.includes(one));
  if (typeof policy !== 'string' || policies.includes('before-hook-creation') || isAlwaysDeleted)
    return undefined;
  const outcome = policies.includes('hook-failed') ? 'succeeded' : 'failed';
  return {
    message: `${nameOf(object)} is in the way of its next run once it has ${outcome}: its delete policy lacks before-hook-creation`,
    place: { object, path: ['metadata', 'annotations', HOOK_DELETE_POLICY] },
    fix: { old: policy, new: `before-hook-creation,${policy}` },
  };
}
