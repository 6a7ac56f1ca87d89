/**
 * Makes schemas/kubernetes/definitions.json: JSON Schema draft-07 of the Kubernetes types that
 * values of a chart are made of, from the OpenAPI document in the Go module k8s.io/kubernetes.
 * Run by a person when the module's version below is raised; needs Go and a module proxy.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MODULE = 'k8s.io/kubernetes';
const VERSION = 'v1.36.3';
const TARGET = new URL('../schemas/kubernetes/definitions.json', import.meta.url);

const TYPES = [
  'apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy',
  'apps.v1.StatefulSetUpdateStrategy',
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

/** The part of OpenAPI 2 that Kubernetes uses. */
interface OpenApiSchema {
  $ref?: string;
  type?: string;
  format?: string;
  properties?: Record<string, OpenApiSchema>;
  required?: string[];
  items?: OpenApiSchema;
  additionalProperties?: OpenApiSchema;
}

/** `io.k8s.api.core.v1.Toleration` and `io.k8s.apimachinery.pkg.apis.meta.v1.Duration`, shortened. */
const shortName = (name: string) =>
  name.replace(/^io\.k8s\.(api|apimachinery\.pkg\.(apis|api|util))\./, '');

const nameIn = (reference: string) => reference.slice('#/definitions/'.length);

/** The API server takes null for a field as if it was left out, so schemas of fields admit it. */
const orNull = (type: string | string[]) => [type, 'null'].flat();

/** The serialised form of a quantity: k8s.io/apimachinery, pkg/api/resource/quantity.go. */
const QUANTITY = '^[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$';

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

function referencesIn(schema: OpenApiSchema): string[] {
  const { $ref, items, additionalProperties, properties = {} } = schema;
  const parts = [items, additionalProperties, ...Object.values(properties)];
  return [
    ...($ref === undefined ? [] : [nameIn($ref)]),
    ...parts.flatMap((part) => (part ? referencesIn(part) : [])),
  ];
}

function closure(all: Record<string, OpenApiSchema>): Map<string, Record<string, unknown>> {
  const found = new Map<string, Record<string, unknown>>();
  const add = (name: string) => {
    if (found.has(shortName(name))) return;
    const schema = all[name];
    if (!schema) throw new Error(`${MODULE} ${VERSION} has no ${name}`);
    found.set(shortName(name), convert(schema, true, name));
    for (const reference of referencesIn(schema)) add(reference);
  };
  for (const type of TYPES) add(`io.k8s.api.${type}`);
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const answer = execFileSync('go', ['mod', 'download', '-json', `${MODULE}@${VERSION}`]);
const { Dir } = JSON.parse(answer.toString()) as { Dir: string };
const document = JSON.parse(
  readFileSync(join(Dir, 'api', 'openapi-spec', 'swagger.json'), 'utf8'),
) as { definitions: Record<string, OpenApiSchema> };

const lines = [...closure(document.definitions)].map(
  ([name, schema]) => `${JSON.stringify(name)}: ${JSON.stringify(schema)}`,
);
writeFileSync(
  TARGET,
  `{
"$schema": "http://json-schema.org/draft-07/schema#",
"$id": "kubernetes.json",
"$comment": "Made by scripts/kubernetes-definitions.ts from ${MODULE} ${VERSION}.",
"definitions": {
${lines.join(',\n')}
}
}
`,
);
