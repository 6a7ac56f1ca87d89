import { describe, expect, it } from 'vitest';
import { loadKubernetesSchemas } from '../../../generator/src/kubernetes/index.ts';

const schemas = loadKubernetesSchemas();
const { minors } = schemas;
const NEWEST = minors.at(-1) ?? '';

describe('an API version', () => {
  const check = (apiVersion: string, kind: string, version = NEWEST) =>
    schemas.checkObject({ apiVersion, kind, metadata: { name: 'a' } }, version);
  const kinds = (apiVersion: string, kind: string, version?: string) =>
    check(apiVersion, kind, version).map((problem) => problem.kind);

  it.each([
    ['policy/v1beta1', 'PodDisruptionBudget', '1.25', 'use policy/v1 PodDisruptionBudget'],
    ['extensions/v1beta1', 'Ingress', '1.22', 'use networking.k8s.io/v1 Ingress'],
    ['networking.k8s.io/v1beta1', 'IngressClass', '1.22', 'use networking.k8s.io/v1 IngressClass'],
    ['batch/v1beta1', 'CronJob', '1.25', 'use batch/v1 CronJob'],
    [
      'autoscaling/v2beta2',
      'HorizontalPodAutoscaler',
      '1.26',
      'use autoscaling/v2 HorizontalPodAutoscaler',
    ],
    [
      'autoscaling/v2beta1',
      'HorizontalPodAutoscaler',
      '1.25',
      'use autoscaling/v2 HorizontalPodAutoscaler',
    ],
    ['apps/v1beta2', 'Deployment', '1.16', 'use apps/v1 Deployment'],
    ['rbac.authorization.k8s.io/v1beta1', 'Role', '1.22', 'use rbac.authorization.k8s.io/v1 Role'],
    [
      'apiextensions.k8s.io/v1beta1',
      'CustomResourceDefinition',
      '1.22',
      'use apiextensions.k8s.io/v1 CustomResourceDefinition',
    ],
    ['policy/v1beta1', 'PodSecurityPolicy', '1.25', undefined],
  ])('%s %s was removed', (apiVersion, kind, version, hint) => {
    expect(check(apiVersion, kind)).toEqual([
      {
        kind: 'api-removed',
        path: ['apiVersion'],
        message: `${apiVersion} ${kind} was removed in Kubernetes ${version}`,
        ...(hint !== undefined && { hint }),
      },
    ]);
  });

  it('is served from one version to another', () => {
    const ofVersions = minors.map((minor) => [
      minor,
      kinds('flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', minor),
    ]);
    expect(Object.fromEntries(ofVersions.slice(0, 3))).toEqual({
      '1.31': ['api-deprecated'],
      '1.32': ['api-removed'],
      '1.33': ['api-removed'],
    });
    expect(kinds('resource.k8s.io/v1', 'DeviceClass', '1.33')).toEqual(['api-too-new']);
    expect(kinds('resource.k8s.io/v1', 'DeviceClass', '1.34')).toEqual(['missing-field']);
    expect(kinds('resource.k8s.io/v1alpha3', 'DeviceClass', '1.34')).toEqual(['api-removed']);
  });

  it('is deprecated by its project', () => {
    expect(kinds('gateway.networking.k8s.io/v1alpha2', 'TCPRoute')).toContain('api-deprecated');
    expect(kinds('gateway.networking.k8s.io/v1', 'TCPRoute')).not.toContain('api-deprecated');
  });

  it('of an older or newer Kubernetes than is known is that of the nearest', () => {
    const old = { apiVersion: 'v1', kind: 'Pod', spec: { containers: [], resources: {} } };
    const unknown = ['unknown-field'];
    expect(schemas.checkObject(old, 'v1.20.3').map(({ kind }) => kind)).toEqual(unknown);
    expect(schemas.checkObject(old, '1.99')).toEqual([]);
    expect(kinds('resource.k8s.io/v1beta1', 'DeviceClass', '1.37')).toContain('api-deprecated');
    expect(kinds('resource.k8s.io/v1beta1', 'DeviceClass', '1.38')).toEqual(['api-removed']);
    expect(kinds('policy/v1beta1', 'PodDisruptionBudget', '1.20')).toEqual(['unchecked-kind']);
  });

  it.each(['', 'v', '1', '1.x', 'latest', '1.2222'])('refuses %j as a version', (version) => {
    expect(() => check('v1', 'Pod', version)).toThrow('is no Kubernetes version');
  });

  it.each([
    ['apps/v1', 'Deploymnt', 'did you mean apps/v1 Deployment?'],
    ['apps/v2', 'StatefulSet', 'did you mean apps/v1 StatefulSet?'],
    ['networking/v1', 'Ingress', 'did you mean networking.k8s.io/v1 Ingress?'],
    ['v1', 'Deployment', 'did you mean apps/v1 Deployment?'],
    ['v1', 'Whatever', undefined],
    ['constructor', '__proto__', undefined],
  ])('%s has no %s', (apiVersion, kind, hint) => {
    expect(check(apiVersion, kind)).toEqual([
      {
        kind: 'unknown-kind',
        path: ['kind'],
        message: `Kubernetes has no ${apiVersion} ${kind}`,
        ...(hint !== undefined && { hint }),
      },
    ]);
  });

  it('of somebody else is not checked, and that is told', () => {
    expect(kinds('example.com/v1', 'Widget')).toEqual(['unchecked-kind']);
  });
});
