import { nameOf } from '../manifests.ts';
import { podTemplate } from '../objects/pods.ts';
import { formatSelector, meets, workloadSelector } from '../objects/selectors.ts';
import type { Rule } from '../rule.ts';

/** A workload that would not find the pods it makes. */
export const selectorMismatch: Rule = {
  id: 'selector-mismatch',
  severity: 'error',
  summary: 'The selector of a workload does not match the labels of its own pods.',
  reason: 'Kubernetes refuses such a workload.',
  remedy:
    'Render the same labels in the selector and in the pod template, best from one named template.',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
  rendering({ objects }) {
    return objects.flatMap((object) => {
      const selector = workloadSelector(object);
      const pod = podTemplate(object);
      if (selector === undefined || pod === undefined) return [];
      return selector.requirements
        .filter((requirement) => !meets(pod.labels, requirement))
        .map((requirement) => {
          const wanted = formatSelector({ ...selector, requirements: [requirement] });
          return {
            message: `${nameOf(object)} selects ${wanted}, which its own pods do not have`,
            place: { object, path: requirement.path },
          };
        });
    });
  },
};
