import { nameOf, type KubernetesObject } from '../manifests.ts';
import { isInNamespacesOf, isMonitor, isServiceMonitor } from '../objects/monitors.ts';
import { isWhole, namespaceOf } from '../objects/names.ts';
import { operatedResources } from '../objects/operators.ts';
import { podTemplates } from '../objects/pods.ts';
import {
  formatSelector,
  groupKindOf,
  otherSelector,
  selects,
  type Selector,
} from '../objects/selectors.ts';
import type { Json } from '../../model/types.ts';
import type { Rule } from '../rule.ts';

/** What can be selected. */
interface Target {
  namespace: string;
  labels: Record<string, Json>;
}

/** The Service of the API server, which each cluster has. */
const API_SERVER: Target = {
  namespace: 'default',
  labels: { component: 'apiserver', provider: 'kubernetes' },
};

/** A Service, budget, policy or monitor that selects nothing. */
export const selectorWithoutTarget: Rule = {
  id: 'selector-without-target',
  severity: 'warning',
  summary:
    'A Service, PodDisruptionBudget, NetworkPolicy or monitor selects nothing that the chart has.',
  reason:
    'It is installed without complaint and has no effect: no endpoints, no protection, no metrics.',
  remedy:
    'Make the selector and the labels agree; where they belong to pods that are made at run time, ignore this rule for the object and say so.',
  source:
    'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors',
  rendering(rendering) {
    const { objects } = rendering;
    // An operator labels what it makes as it likes.
    if (!isWhole(rendering) || operatedResources(objects).length > 0) return [];
    const pods: Target[] = podTemplates(objects).map(({ object, labels }) => ({
      namespace: namespaceOf(object),
      labels,
    }));
    const services: Target[] = objects
      .filter((object) => groupKindOf(object) === '/Service')
      .map((object) => ({ namespace: namespaceOf(object), labels: object.labels }));
    return objects.flatMap((object) => {
      const selector = otherSelector(object);
      if (selector === undefined) return [];
      const isOfServices = isServiceMonitor(object);
      const targets = isOfServices ? [...services, API_SERVER] : pods;
      if (!isWithoutTarget(object, selector, targets)) return [];
      const what = isOfServices ? 'Service' : 'pod';
      return [
        {
          message: `${nameOf(object)} selects ${formatSelector(selector)}, which no ${what} of this chart has`,
          place: { object, path: selector.path },
        },
      ];
    });
  },
};

/** In a namespace where the chart has nothing to select it means what others have. */
function isWithoutTarget(
  object: KubernetesObject,
  selector: Selector,
  targets: readonly Target[],
): boolean {
  const near = targets.filter(({ namespace }) =>
    isMonitor(object) ? isInNamespacesOf(object, namespace) : namespace === namespaceOf(object),
  );
  return (
    near.some((target) => target !== API_SERVER) &&
    !near.some(({ labels }) => selects(selector, labels))
  );
}
