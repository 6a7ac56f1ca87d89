import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LintedRendering } from '../../../../generator/src/lint/rule.ts';
import { RULES } from '../../../../generator/src/lint/rules/index.ts';
import type { Json } from '../../../../generator/src/model/types.ts';
import { renderingOf } from '../rendering.ts';

const SELECTOR = {
  matchLabels: { app: 'web' },
  matchExpressions: [{ key: 'app', operator: 'In' }],
};
const POD = {
  metadata: { labels: { app: 'web' } },
  spec: {
    serviceAccountName: 'a',
    imagePullSecrets: [{ name: 'a' }],
    containers: [
      {
        name: 'web',
        ports: [{ name: 'http', containerPort: 80 }],
        env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } }],
        envFrom: [{ configMapRef: { name: 'a' } }],
        livenessProbe: { httpGet: { port: 'http' } },
        volumeMounts: [{ name: 'a', mountPath: '/a' }],
      },
    ],
    volumes: [
      { name: 'a', configMap: { name: 'a', items: [{ key: 'a' }] } },
      { name: 'b', projected: { sources: [{ secret: { name: 'a' } }] } },
    ],
  },
};

const SPECS: Readonly<Record<string, Json>> = {
  'apps/v1 StatefulSet': {
    serviceName: 'web',
    replicas: 1,
    selector: SELECTOR,
    template: POD,
    volumeClaimTemplates: [{ metadata: { name: 'data' } }],
  },
  'batch/v1 Job': { manualSelector: true, selector: SELECTOR, template: POD },
  'v1 Service': { selector: { app: 'web' }, ports: [{ name: 'http', port: 80 }] },
  'policy/v1 PodDisruptionBudget': { selector: SELECTOR, minAvailable: '50%' },
  'networking.k8s.io/v1 NetworkPolicy': {
    podSelector: SELECTOR,
    ingress: [{ ports: [{ port: 'http' }] }],
  },
  'networking.k8s.io/v1 Ingress': {
    tls: [{ secretName: 'a' }],
    rules: [{ http: { paths: [{ backend: { service: { name: 'a', port: { number: 80 } } } }] } }],
  },
  'gateway.networking.k8s.io/v1 HTTPRoute': { rules: [{ backendRefs: [{ name: 'a', port: 80 }] }] },
  'autoscaling/v2 HorizontalPodAutoscaler': {
    minReplicas: 1,
    scaleTargetRef: { kind: 'StatefulSet', name: 'web' },
  },
  'monitoring.coreos.com/v1 ServiceMonitor': {
    namespaceSelector: { matchNames: ['default'] },
    selector: SELECTOR,
    endpoints: [{ port: 'http' }],
  },
  'monitoring.coreos.com/v1 PodMonitor': {
    selector: SELECTOR,
    podMetricsEndpoints: [{ port: 'http' }],
  },
  'v1 PersistentVolumeClaim': { accessModes: ['ReadWriteOnce'] },
};

const OBJECTS: Json = Object.entries(SPECS).map(([type, spec]) => {
  const [apiVersion = '', kind = ''] = type.split(' ');
  const metadata = { name: 'web', labels: { app: 'web' } };
  return { apiVersion, kind, metadata, spec, webhooks: [{ clientConfig: { service: {} } }] };
});

const strange = fc
  .constantFrom(
    ...['null', 'true', '0', '-1.5', '""', '"a"', '[]', '[null]', '["a"]', '[[]]', '{}'],
    ...['{"a": null}', '{"name": 1}', '{"__proto__": {"a": 1}, "constructor": "a"}'],
  )
  .map((text) => JSON.parse(text) as Json);

/** The objects with something strange in some places. */
const disturbed = fc.gen().map((generate): Json => {
  const text = JSON.stringify(OBJECTS, (key, value: Json) =>
    key !== '' && generate(fc.nat, { max: 40 }) === 0 ? generate(() => strange) : value,
  );
  return JSON.parse(text) as Json;
});

function rendering(objects: Json): LintedRendering {
  return renderingOf(JSON.stringify({ kind: 'List', items: objects }), {
    files: { 'Chart.yaml': 'version: 1.0.0\nappVersion: 1.0.0\n' },
  });
}

test('no rule breaks on two renderings that differ in strange ways', async () => {
  await fc.assert(
    fc.asyncProperty(disturbed, disturbed, async (before, after) => {
      const again = rendering(after);
      const repeatable = { ...rendering(before), repeat: () => Promise.resolve(again) };
      for (const rule of RULES) {
        rule.rendering?.(repeatable);
        await rule.repeated?.(repeatable);
      }
    }),
    { numRuns: 60 },
  );
});

test('nothing is said of a chart that renders the same with any name and version', async () => {
  const same = rendering(OBJECTS);
  const repeatable = { ...same, repeat: () => Promise.resolve(same) };
  const repeating = RULES.filter((rule) => 'repeated' in rule);
  const found = await Promise.all(repeating.map(async (rule) => rule.repeated?.(repeatable)));
  expect(found.flat()).toEqual([]);
  expect(repeating.length).toBeGreaterThanOrEqual(3);
});
