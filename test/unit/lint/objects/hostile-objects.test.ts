import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LintedRendering } from '../../../../generator/src/lint/rule.ts';
import { RULES } from '../../../../generator/src/lint/rules/index.ts';
import { isObject } from '../../../../generator/src/model/json.ts';
import type { Json } from '../../../../generator/src/model/types.ts';
import { renderingOf } from '../rendering.ts';

const CONTAINER = {
  name: 'web',
  image: 'a.example/web',
  args: ['--password', 'a'],
  env: [{ name: 'PASSWORD', value: 'a' }],
  ports: [{ name: 'http', containerPort: 80, hostPort: 80 }],
  readinessProbe: { httpGet: { host: 'a', port: 80 } },
  resources: { limits: { cpu: 1 } },
  securityContext: { privileged: true, capabilities: { drop: ['ALL'], add: ['CHOWN'] } },
  volumeMounts: [{ name: 'data', mountPath: '/data' }],
};

const TEMPLATE = {
  metadata: { labels: { app: 'web' }, annotations: { a: 'b' } },
  spec: {
    os: { name: 'linux' },
    serviceAccountName: 'web',
    securityContext: { runAsUser: 0, sysctls: [{ name: 'a' }], seccompProfile: { type: 'a' } },
    initContainers: [CONTAINER],
    containers: [CONTAINER, CONTAINER],
    volumes: [
      { name: 'data', hostPath: { path: '/' } },
      { name: 'image', image: { reference: 'a' } },
    ],
  },
};

const HOOK = {
  'helm.sh/hook': 'pre-install',
  'helm.sh/hook-weight': 'a',
  'helm.sh/hook-delete-policy': 'a',
};

const SUBJECTS = [{ kind: 'ServiceAccount', name: 'web' }];

/** Objects in which every rule finds something to look at. */
const OBJECTS: Json = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', labels: { app: 'web' } },
    spec: { replicas: 1, selector: { matchLabels: { app: 'web' } }, template: TEMPLATE },
  },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'job', annotations: HOOK },
    spec: { jobTemplate: { spec: { template: TEMPLATE } } },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] },
  },
  { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'auth' }, data: { password: 'YQ==' } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, data: { password: 'a' } },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web' }, secrets: [{ name: 'a' }] },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'a' },
    spec: { hostPath: { path: '/' } },
  },
  ...['Role', 'ClusterRole'].map((kind) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind,
    metadata: { name: 'all', labels: { 'rbac.authorization.k8s.io/aggregate-to-edit': 'true' } },
    rules: [{ apiGroups: [''], resources: ['*', 'secrets'], verbs: ['get', '*'] }],
  })),
  ...['RoleBinding', 'ClusterRoleBinding'].map((kind) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind,
    metadata: { name: 'all' },
    roleRef: { kind: 'ClusterRole', name: 'all' },
    subjects: SUBJECTS,
  })),
  {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'a' },
    spec: {},
  },
];

const strange = fc.constantFrom<Json>(
  ...[null, true, 0, -1.5, '', 'a', '*', '\0'],
  ...[[], [null], ['a'], [[]], [{}], {}, { a: null }, { name: 1 }, { name: { a: [] } }],
  JSON.parse('{"__proto__": {"a": 1}, "constructor": "a"}') as Json,
);

/** Puts something strange in the place of each part that the choices fall on. */
function disturb(value: Json, choose: () => Json | undefined): Json {
  const other = choose();
  if (other !== undefined) return other;
  if (Array.isArray(value)) return value.map((item) => disturb(item, choose));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, disturb(item, choose)] as const);
  return Object.fromEntries(entries);
}

function rendering(objects: Json): LintedRendering {
  const files = { 'values.yaml': 'password: a\n' };
  return renderingOf(JSON.stringify({ kind: 'List', items: objects }), { files });
}

test('rules find much in the objects as they are', () => {
  const rendered = rendering(OBJECTS);
  const found = RULES.filter((rule) => (rule.rendering?.(rendered) ?? []).length > 0);
  expect(found.length).toBeGreaterThan(15);
});

test('no rule breaks on objects that have other types in any place', () => {
  fc.assert(
    fc.property(fc.gen(), fc.integer({ min: 3, max: 60 }), (generate, rarity) => {
      const objects = disturb(OBJECTS, () =>
        generate(fc.nat, { max: rarity }) === 0 ? generate(() => strange) : undefined,
      );
      const rendered = rendering(objects);
      for (const rule of RULES) expect(() => rule.rendering?.(rendered)).not.toThrow();
    }),
    { numRuns: 100 },
  );
});
