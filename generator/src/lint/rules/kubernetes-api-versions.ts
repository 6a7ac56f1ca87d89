import type { Rule } from '../rule.ts';
import { kubernetesProblems } from './kubernetes-problems.ts';

const SOURCE = 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/';

/** An API version that is gone. */
export const kubernetesApiRemoved: Rule = {
  id: 'kubernetes-api-removed',
  severity: 'error',
  summary: 'An object is of an API version that Kubernetes no longer serves.',
  reason:
    'The chart cannot be installed there, and Helm cannot upgrade a release that has such objects.',
  remedy: 'Choose the API version by `.Capabilities.APIVersions.Has`, or leave the object out.',
  source: SOURCE,
  rendering: (rendering) => kubernetesProblems(rendering, 'api-removed'),
};

/** An API version that will go. */
export const kubernetesApiDeprecated: Rule = {
  id: 'kubernetes-api-deprecated',
  severity: 'warning',
  summary: 'An object is of an API version that a later Kubernetes will not serve.',
  reason:
    'A release that still has such objects when the cluster is upgraded can no longer be upgraded itself.',
  remedy: 'Use a newer API version where there is one.',
  source: SOURCE,
  rendering: (rendering) => kubernetesProblems(rendering, 'api-deprecated'),
};

/** An API version that is still to come. */
export const kubernetesApiTooNew: Rule = {
  id: 'kubernetes-api-too-new',
  severity: 'error',
  summary: 'An object is of an API version that only later versions of Kubernetes serve.',
  reason: 'The chart cannot be installed on the older versions.',
  remedy:
    'Choose the API version by `.Capabilities.APIVersions.Has`, or raise `kubeVersion` in Chart.yaml.',
  source: SOURCE,
  rendering: (rendering) => kubernetesProblems(rendering, 'api-too-new'),
};
