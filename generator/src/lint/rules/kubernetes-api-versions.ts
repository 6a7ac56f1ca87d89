import type { LintedRendering, Observation, Rule } from '../rule.ts';
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
  rendering: (rendering) =>
    kubernetesProblems(rendering, 'api-removed').map((observation) =>
      isChosenByCluster(rendering, observation)
        ? {
            ...observation,
            severity: 'info',
            hint: 'Helm takes few APIs for granted without a cluster.',
          }
        : observation,
    ),
};

/** Without a cluster `.Capabilities.APIVersions` lacks what clusters have, apiregistration.k8s.io for one. */
function isChosenByCluster({ chart }: LintedRendering, { place }: Observation): boolean {
  if (place === undefined || !('object' in place)) return false;
  const template = chart.files.get(place.object.manifest.file) ?? '';
  return template.includes('.Capabilities.APIVersions.Has');
}

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
