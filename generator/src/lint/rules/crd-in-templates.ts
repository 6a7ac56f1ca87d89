import type { LintedChart } from '../chart.ts';
import { groupOf, nameOf, type KubernetesObject } from '../manifests.ts';
import { isHook } from '../objects/hooks.ts';
import type { Rule } from '../rule.ts';

const POLICY = 'helm.sh/resource-policy';
const IN_CRDS = /^(?:charts\/[^/]+\/)*crds\//;

/** Definitions of custom resources that go when the release goes. */
export const crdInTemplates: Rule = {
  id: 'crd-in-templates',
  severity: 'warning',
  summary: 'A CustomResourceDefinition stands in templates/, so it is deleted with the release.',
  reason:
    'When `helm uninstall` or an upgrade deletes it, the cluster deletes every object of its kind, in all namespaces.',
  remedy:
    'Move it to crds/, or annotate it with `helm.sh/resource-policy: keep` when Helm is to update it.',
  source: 'https://helm.sh/docs/chart_best_practices/custom_resource_definitions/',
  rendering({ chart, objects }) {
    return objects
      .filter(
        (object) =>
          object.kind === 'CustomResourceDefinition' &&
          groupOf(object) === 'apiextensions.k8s.io' &&
          !IN_CRDS.test(object.manifest.file) &&
          // Helm never deletes one that is a hook.
          !isHook(object) &&
          !canKeep(chart, object),
      )
      .map((object) => ({
        message: `${nameOf(object)} is deleted with the release, and every object of its kind with it`,
        place: { object, path: ['kind'] },
      }));
  },
};

/** Values may choose, and those of a case may well choose otherwise. */
function canKeep({ files }: LintedChart, { annotations, manifest }: KubernetesObject): boolean {
  if (annotations[POLICY] === 'keep') return true;
  const helpers = [...files].filter(([file]) => file.endsWith('.tpl')).map(([, text]) => text);
  return [files.get(manifest.file) ?? '', ...helpers].some((text) => text.includes(POLICY));
}
