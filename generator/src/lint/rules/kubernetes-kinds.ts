import type { Rule } from '../rule.ts';
import { kubernetesProblems } from './kubernetes-problems.ts';

/** A kind that an API of Kubernetes does not have. */
export const kubernetesUnknownKind: Rule = {
  id: 'kubernetes-unknown-kind',
  severity: 'error',
  summary: 'An object is of a kind or API version that no Kubernetes has.',
  reason: 'The chart cannot be installed.',
  remedy: 'Mend the spelling of `apiVersion` or `kind`.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/',
  rendering: (rendering) => kubernetesProblems(rendering, 'unknown-kind'),
};

/** A custom resource whose definition is not at hand. */
export const kubernetesUncheckedKind: Rule = {
  id: 'kubernetes-unchecked-kind',
  severity: 'info',
  summary: 'An object is of a custom kind whose definition is not known.',
  reason: 'Mistakes in its fields are seen by the cluster only.',
  remedy: 'Keep the CustomResourceDefinition in the chart, if the kind is its own.',
  source: 'https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/custom-resources/',
  rendering: (rendering) => kubernetesProblems(rendering, 'unchecked-kind'),
};
