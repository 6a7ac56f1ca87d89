/**
 * Makes schemas/kubernetes/definitions.json: JSON Schema draft-07 of the Kubernetes types that
 * values of a chart are made of, from the OpenAPI document in the Go module k8s.io/kubernetes.
 * Run by a person when the module's version is raised; needs Go and a module proxy.
 */
import { writeFileSync } from 'node:fs';
import { QUANTITY } from '../generator/src/kubernetes/formats.ts';
import {
  closure,
  nameIn,
  readOpenApi,
  shortName,
  type OpenApiSchema,
} from './kubernetes/openapi.ts';
import { KUBERNETES, VALUES_MODEL_VERSION } from './kubernetes/pins.ts';

const TARGET = new URL('../schemas/kubernetes/definitions.json', import.meta.url);

const TYPES = [
  'apps.v1.DeploymentStrategy',
  'apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy',
  'apps.v1.StatefulSetUpdateStrategy',
  'autoscaling.v2.HorizontalPodAutoscalerBehavior',
  'autoscaling.v2.MetricSpec',
  'core.v1.Affinity',
  'core.v1.Container',
  'core.v1.ContainerPort',
  'core.v1.EnvFromSource',
  'core.v1.EnvVar',
  'core.v1.HostAlias',
  'core.v1.Lifecycle',
  'core.v1.LocalObjectReference',
  'core.v1.ObjectReference',
  'core.v1.PersistentVolumeClaimSpec',
  'core.v1.PodDNSConfig',
  'core.v1.PodSecurityContext',
  'core.v1.Probe',
  'core.v1.ResourceRequirements',
  'core.v1.SecurityContext',
  'core.v1.ServicePort',
  'core.v1.Toleration',
  'core.v1.TopologySpreadConstraint',
  'core.v1.Volume',
  'core.v1.VolumeMount',
  'networking.v1.IngressRule',
  'networking.v1.IngressTLS',
  'networking.v1.NetworkPolicyEgressRule',
  'networking.v1.NetworkPolicyIngressRule',
  'networking.v1.NetworkPolicyPeer',
  'policy.v1.PodDisruptionBudgetSpec',
];

/** The API server takes null for a field as if it was left out, so schemas of fields admit it. */
const orNull = (type: string | string[]) => [type, 'null'].flat();

function convert(schema: OpenApiSchema, optional: boolean, name = ''): Record<string, unknown> {
  if (schema.$ref !== undefined) return { $ref: `#/definitions/${shortName(nameIn(schema.$ref))}` };
  if (name.endsWith('.Quantity')) {
    return { type: orNull(['string', 'number']), pattern: QUANTITY };
  }
  if (schema.format === 'int-or-string') return { type: orNull(['integer', 'string']) };
  const { type, properties, required, items, additionalProperties } = schema;
  return {
    ...(type === undefined ? {} : { type: optional ? orNull(type) : type }),
    ...(items && { items: convert(items, false) }),
    ...(additionalProperties && { additionalProperties: convert(additionalProperties, true) }),
    ...(properties && {
      additionalProperties: false,
      properties: Object.fromEntries(
        Object.entries(properties)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, property]) => [key, convert(property, !required?.includes(key))]),
      ),
    }),
    ...(required && { required: required.toSorted() }),
  };
}

const names = TYPES.map((type) => `io.k8s.api.${type}`);
const lines = [...closure(readOpenApi(VALUES_MODEL_VERSION), names)]
  .map(([name, schema]) => [shortName(name), convert(schema, true, name)] as const)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, schema]) => `${JSON.stringify(name)}: ${JSON.stringify(schema)}`);
writeFileSync(
  TARGET,
  `{
"$schema": "http://json-schema.org/draft-07/schema#",
"$id": "kubernetes.json",
"$comment": "Made by scripts/kubernetes-definitions.ts from ${KUBERNETES} ${VALUES_MODEL_VERSION}.",
"definitions": {
${lines.join(',\n')}
}
}
`,
);
