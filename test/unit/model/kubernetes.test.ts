import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import {
  definitionClosure,
  kubernetesDefinitions,
  kubernetesTypes,
} from '../../../generator/src/model/kubernetes.ts';

const ajv = new Ajv({ strict: false, schemas: [kubernetesDefinitions()] });
const isValid = (type: string, value: unknown) =>
  ajv.validate({ $ref: `kubernetes.json#/definitions/${type}` }, value);

describe('the Kubernetes definitions', () => {
  it('name their origin', () => {
    expect(kubernetesDefinitions()).toHaveProperty(
      '$comment',
      expect.stringMatching(/k8s\.io\/kubernetes v\d+\.\d+\.\d+/),
    );
  });

  it('have all they refer to', () => {
    for (const name of Object.keys(kubernetesDefinitions().definitions)) {
      expect(() => ajv.compile({ $ref: `kubernetes.json#/definitions/${name}` })).not.toThrow();
    }
  });

  it.each([
    [
      'core.v1.ResourceRequirements',
      { limits: { cpu: 2, memory: '1Gi', 'nvidia.com/gpu': 1 } },
      { limit: {} },
    ],
    ['core.v1.Toleration', { key: 'a', operator: 'Exists', tolerationSeconds: null }, { kee: 'a' }],
    [
      'core.v1.Probe',
      { httpGet: { path: '/', port: 'ui' } },
      { httpGet: { path: '/', port: 1.5 } },
    ],
    ['core.v1.Container', { name: 'a', env: [{ name: 'A', value: 'b' }] }, { env: [] }],
    ['core.v1.Volume', { name: 'a', emptyDir: { sizeLimit: '1Gi' } }, { name: 'a', emptyDirr: {} }],
    ['networking.v1.NetworkPolicyPeer', { podSelector: {} }, { podSelector: 'all' }],
  ])('%s takes the right values only', (type, right, wrong) => {
    expect(isValid(type, right)).toBe(true);
    expect(isValid(type, null)).toBe(true);
    expect(isValid(type, wrong)).toBe(false);
  });
});

describe('definitionClosure', () => {
  it('is what a type needs and no more', () => {
    expect(Object.keys(definitionClosure(['core/v1.ResourceRequirements']))).toEqual([
      'core.v1.ResourceClaim',
      'core.v1.ResourceRequirements',
      'resource.Quantity',
    ]);
    expect(definitionClosure([])).toEqual({});
  });
});

describe('kubernetesTypes', () => {
  it('are named as in the documentation of Kubernetes', () => {
    expect([...kubernetesTypes()]).toEqual(
      expect.arrayContaining(['core/v1.Toleration', 'networking/v1.IngressTLS']),
    );
  });
});
