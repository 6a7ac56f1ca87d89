import { expect, test } from 'vitest';
import { clusterWideRbac } from '../../../generator/src/lint/rules/cluster-wide-rbac.ts';
import { hookDeletePolicy } from '../../../generator/src/lint/rules/hook-delete-policy.ts';
import { imageTag } from '../../../generator/src/lint/rules/image-tag.ts';
import { missingProbe } from '../../../generator/src/lint/rules/missing-probe.ts';
import { missingResources } from '../../../generator/src/lint/rules/missing-resources.ts';
import { podSecurity } from '../../../generator/src/lint/rules/pod-security.ts';
import type { LintedRendering, Rule } from '../../../generator/src/lint/rule.ts';
import { renderingOf } from './rendering.ts';

function severities(rule: Rule, rendering: LintedRendering): string[] {
  return (rule.rendering?.(rendering) ?? []).map(({ severity }) => severity ?? rule.severity);
}

function deployment(container: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { template: { spec: { containers: [{ name: web, ${container} }] } } }
`;
}

test('a missing liveness probe is advice, as is any probe of a container without ports', () => {
  const serving = renderingOf(deployment('ports: [{ containerPort: 80 }]'));
  expect(severities(missingProbe, serving)).toEqual(['warning', 'info']);
  expect(severities(missingProbe, renderingOf(deployment('ports: []')))).toEqual(['info']);
});

test.each([
  [{}, 'warning'],
  [{ resources: {} }, 'info'],
  [{ worker: { initResources: null } }, 'info'],
  [{ worker: { resourcesPreset: 'none' } }, 'info'],
  [{ humanresources: 'a', resourcesOfOthers: {} }, 'warning'],
])('resources that are missing with the values %j are of severity %s', (values, severity) => {
  const rendering = renderingOf(deployment('image: a'), { values });
  expect(severities(missingResources, rendering)).toEqual([severity]);
});

test('resources of hooks are advice', () => {
  const hook = `apiVersion: v1
kind: Pod
metadata: { name: web, annotations: { helm.sh/hook: test } }
spec: { containers: [{ name: web }] }
`;
  expect(severities(missingResources, renderingOf(hook))).toEqual(['info']);
});

test('an image that cannot be pulled is an error', () => {
  const image = (text: string) => severities(imageTag, renderingOf(deployment(`image: ${text}`)));
  expect(image('web')).toEqual(['warning']);
  expect(image('Web:1')).toEqual(['error']);
  expect(image("''")).toEqual(['error']);
});

test('a ClusterRole that is added to the default roles is advice', () => {
  const rbac = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: a, labels: { rbac.authorization.k8s.io/aggregate-to-view: 'true' } }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: a }
`;
  expect(severities(clusterWideRbac, renderingOf(rbac))).toEqual(['warning', 'info']);
});

test('what newer Kubernetes allows is told of the older versions', () => {
  const pod = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { hostUsers: false, securityContext: { runAsUser: 0, runAsNonRoot: true } }
`;
  const kubeVersions = ['1.31', 'v1.34.2', '1.35', '1.40'];
  const found = podSecurity.rendering?.(renderingOf(pod, { kubeVersions }));
  expect(found?.map((observation) => observation.kubeVersions)).toEqual([['1.31', 'v1.34.2']]);
});

test('a delete policy is mended by what it lacks', () => {
  const hook = `apiVersion: v1
kind: Secret
metadata:
  name: a
  annotations: { helm.sh/hook: pre-install, helm.sh/hook-delete-policy: hook-succeeded }
`;
  expect(hookDeletePolicy.rendering?.(renderingOf(hook))).toMatchObject([
    { fix: { old: 'hook-succeeded', new: 'before-hook-creation,hook-succeeded' } },
  ]);
});
