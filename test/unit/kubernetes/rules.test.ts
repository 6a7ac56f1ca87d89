import { dump } from 'js-yaml';
import { expect, it } from 'vitest';
import { readManifests } from '../../../generator/src/lint/manifests.ts';
import type { LintedRendering, Rule } from '../../../generator/src/lint/rule.ts';
import {
  kubernetesApiDeprecated,
  kubernetesApiRemoved,
} from '../../../generator/src/lint/rules/kubernetes-api-versions.ts';
import {
  kubernetesUnknownField,
  kubernetesWrongType,
} from '../../../generator/src/lint/rules/kubernetes-fields.ts';
import { objectOf, withValue } from './objects.ts';

function rendered(objects: readonly unknown[], kubeVersions: string[]): LintedRendering {
  const output = objects.map((object) => `---\n# Source: demo/templates/a.yaml\n${dump(object)}`);
  const chart = { path: 'demo', digest: '', isArchive: false, files: new Map(), cases: [] };
  const rest = { chart, case: 'default', kubeVersions, notes: '', values: {} };
  return { ...rest, ...readManifests(output.join('')) };
}

function observe(rule: Rule, rendering: LintedRendering) {
  return rule.rendering?.(rendering) ?? [];
}

it('tells on which versions something is wrong, and what to do', () => {
  const pod = withValue(objectOf('Pod'), ['spec', 'resources'], { limit: {} });
  const rendering = rendered([pod], ['1.31', '1.33', '1.37']);
  expect(observe(kubernetesUnknownField, rendering)).toMatchObject([
    {
      message: 'Pod/pod: spec.resources: there is no field "resources"',
      kubeVersions: ['1.31'],
      place: { object: { kind: 'Pod' }, path: ['spec', 'resources'], at: 'key' },
    },
    {
      message: 'Pod/pod: spec.resources.limit: there is no field "limit"',
      kubeVersions: ['1.33', '1.37'],
      hint: 'Did you mean "limits"?',
    },
  ]);
  expect(observe(kubernetesWrongType, rendering)).toEqual([]);
});

it('tells of an API version once, from the version on that it is true of', () => {
  const flow = {
    apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta3',
    kind: 'FlowSchema',
    metadata: { name: 'a' },
  };
  const rendering = rendered([flow], ['1.31', '1.32', '1.33']);
  expect(observe(kubernetesApiDeprecated, rendering)).toMatchObject([{ kubeVersions: ['1.31'] }]);
  expect(observe(kubernetesApiRemoved, rendering)).toMatchObject([
    {
      message:
        'FlowSchema/a: flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema was removed in Kubernetes 1.32',
      kubeVersions: ['1.32', '1.33'],
      hint: 'Use flowcontrol.apiserver.k8s.io/v1 FlowSchema.',
    },
  ]);
});

it('looks at each object of a list, by definitions that another manifest has', () => {
  const widget = { apiVersion: 'example.com/v1', kind: 'Widget', spec: { size: 'big' } };
  const list = { apiVersion: 'v1', kind: 'List', items: [objectOf('ConfigMap'), widget] };
  const rendering = rendered([list, objectOf('CustomResourceDefinition')], ['1.36']);
  expect(observe(kubernetesWrongType, rendering)).toMatchObject([
    { place: { object: { root: ['items', 1] }, path: ['spec', 'size'] } },
  ]);
});
