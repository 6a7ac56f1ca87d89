import { nameOf } from '../manifests.ts';
import { namesIn } from '../objects/operators.ts';
import type { Rule } from '../rule.ts';

/** By these `kubectl`, dashboards and people find what belongs together. */
const NEEDED = ['app.kubernetes.io/name', 'app.kubernetes.io/instance'];
/** Helm recommends these as well, for its own sake. */
const WANTED = ['app.kubernetes.io/managed-by', 'helm.sh/chart'];
const DEFINITION = 'CustomResourceDefinition';

/** An object of the chart without the labels that Kubernetes and Helm recommend. */
export const recommendedLabels: Rule = {
  id: 'recommended-labels',
  severity: 'warning',
  summary: 'An object lacks labels that Kubernetes and Helm recommend.',
  reason: 'Without them nobody can ask for all objects of a release, or tell where one is from.',
  remedy:
    'Print the labels of all objects from one named template, as the chart of `helm create` does.',
  source: 'https://helm.sh/docs/chart_best_practices/labels/#standard-labels',
  rendering({ objects, values }) {
    const names = new Set(namesIn(values));
    return (
      objects
        // Objects of the operator, and definitions that operators bring along, are as they are.
        .filter(({ kind, name }) => kind !== '' && kind !== DEFINITION && !names.has(name))
        .flatMap((object) => {
          const lacks = (label: string) => !Object.hasOwn(object.labels, label);
          const hasLabels = Object.keys(object.labels).length > 0;
          const needed = NEEDED.filter(lacks);
          const missing = [...needed, ...WANTED.filter(lacks)];
          if (missing.length === 0) return [];
          return [
            {
              message: `${nameOf(object)} lacks ${missing.length === 1 ? 'the label' : 'the labels'} ${missing.join(', ')}`,
              place: { object, path: hasLabels ? ['metadata', 'labels'] : ['metadata'] },
              ...(needed.length === 0 && { severity: 'info' as const }),
            },
          ];
        })
    );
  },
};
