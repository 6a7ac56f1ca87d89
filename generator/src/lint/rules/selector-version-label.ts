import type { LintedChart } from '../chart.ts';
import { nameOf, type KubernetesObject } from '../manifests.ts';
import {
  formatSelector,
  groupKindOf,
  otherSelector,
  workloadSelector,
  type Selector,
} from '../objects/selectors.ts';
import { versionRequirements } from '../objects/versions.ts';
import type { Observation, Rule } from '../rule.ts';

/** A selector with a label that changes with each version. */
export const selectorVersionLabel: Rule = {
  id: 'selector-version-label',
  severity: 'error',
  summary: 'A selector holds the version of the chart, of the application or of an image.',
  reason:
    'Selectors of workloads cannot be changed, so the next upgrade fails; a Service loses the pods of the version before at once.',
  remedy: 'Select by app.kubernetes.io/name, app.kubernetes.io/instance and a component only.',
  source:
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#label-selector-updates',
  rendering({ objects, chart }) {
    return objects.flatMap((object) => {
      const own = workloadSelector(object);
      if (own) return observe(chart, object, own);
      const isService = groupKindOf(object) === '/Service';
      const selector = isService ? otherSelector(object) : undefined;
      if (selector === undefined) return [];
      return observe(chart, object, selector).map((found) => ({ ...found, severity: 'warning' }));
    });
  },
};

function observe(chart: LintedChart, object: KubernetesObject, selector: Selector): Observation[] {
  return versionRequirements(chart, object, selector).map((requirement) => ({
    message: `${nameOf(object)} selects ${formatSelector({ ...selector, requirements: [requirement] })}, a version`,
    place: { object, path: requirement.path },
  }));
}
