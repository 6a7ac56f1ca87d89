import type { Json } from '../../model/types.ts';
import { count } from '../../text.ts';
import { nameOf, type KubernetesObject } from '../manifests.ts';
import { isHook } from '../objects/hooks.ts';
import { podTemplates, valueAt } from '../objects/pods.ts';
import { leastReplicas } from '../objects/scaling.ts';
import { groupKindOf, otherSelector, podsSelectedBy } from '../objects/selectors.ts';
import type { Observation, Rule } from '../rule.ts';

/** A PodDisruptionBudget that never lets a pod go. */
export const blockingBudget: Rule = {
  id: 'blocking-budget',
  severity: 'warning',
  summary: 'A PodDisruptionBudget allows no eviction at all.',
  reason: 'Nodes with such a pod cannot be drained, so upgrades of the cluster stand still.',
  remedy:
    'Allow one pod less than there are with `maxUnavailable: 1`, or leave the budget out for a single pod.',
  source:
    'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#arbitrary-controllers-and-selectors',
  rendering({ objects }) {
    return objects
      .filter((object) => groupKindOf(object) === 'policy/PodDisruptionBudget')
      .flatMap((budget) => observe(budget, objects));
  },
};

function observe(budget: KubernetesObject, objects: readonly KubernetesObject[]): Observation[] {
  const pods = podsOf(budget, objects);
  // Without pods there is nothing to evict.
  if (pods === undefined || pods === 0) return [];
  return ['minAvailable', 'maxUnavailable'].flatMap((field) => {
    const path = ['spec', field];
    const wanted = valueAt(budget.body, path);
    if (wanted === undefined || evictable(field, wanted, pods) > 0) return [];
    return [
      {
        message: `${nameOf(budget)} allows no eviction: ${field} is ${JSON.stringify(wanted)} for ${count(pods, 'pod')}`,
        place: { object: budget, path },
      },
    ];
  });
}

/** How many pods there are at least; undefined where nobody can tell. */
function podsOf(
  budget: KubernetesObject,
  objects: readonly KubernetesObject[],
): number | undefined {
  const selector = otherSelector(budget);
  if (selector === undefined) return undefined;
  const numbers = podsSelectedBy(budget, selector, podTemplates(objects))
    .filter(({ object }) => !isHook(object))
    .map(({ object }) => leastReplicas(object, objects));
  return numbers.includes(undefined)
    ? undefined
    : numbers.reduce<number>((sum, number) => sum + (number ?? 0), 0);
}

/** Shares are rounded up, as the disruption controller does. */
function evictable(field: string, wanted: Json, pods: number): number {
  const share = typeof wanted === 'string' ? /^(\d{1,3})%$/.exec(wanted)?.[1] : undefined;
  const number = share === undefined ? wanted : Math.ceil((Number(share) * pods) / 100);
  if (typeof number !== 'number') return 1;
  return field === 'minAvailable' ? pods - number : number;
}
