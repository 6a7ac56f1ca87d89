import type { Json } from '../../model/types.ts';
import type { KubernetesObject } from '../manifests.ts';
import type { ObjectPath } from '../rule.ts';
import { containersOf, objectsIn, podTemplate, type PodTemplate } from './pods.ts';
import { groupKindOf } from './selectors.ts';

/** A name or label that Kubernetes wants short and of few characters. */
export interface NamedText {
  /** `the name`, `label app`. */
  what: string;
  path: ObjectPath;
  text: string;
  longest: number;
  form: RegExp;
}

/**
 * Names longer than these are refused: those of Services as host names, the others where they
 * become a label: of pods of Jobs as they are, of a StatefulSet's with a revision of up to 11
 * characters, of a CronJob's with a time of 11. See pkg/apis and pkg/controller of Kubernetes.
 */
const LONGEST_NAMES: ReadonlyMap<string, number> = new Map([
  ['/Service', 63],
  ['/Namespace', 63],
  ['batch/Job', 63],
  ['apps/StatefulSet', 52],
  ['batch/CronJob', 52],
]);
const LONGEST_NAME = 253;
const LONGEST_LABEL = 63;
const LONGEST_PORT_NAME = 15;

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const NAME = /^[a-z0-9](?:[-.a-z0-9]*[a-z0-9])?$/;
const HOST_NAME = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
/** Names of roles and their bindings may be any part of a URL. */
const URL_PART = /^[^/%]+$/;
const LABEL = /^(?:[A-Za-z0-9](?:[-\w.]*[A-Za-z0-9])?)?$/;

/** The names and labels of an object and of its pods. */
export function namedTexts(object: KubernetesObject): NamedText[] {
  const pod = podTemplate(object);
  return [
    objectName(object),
    ...labelTexts(object.labels, ['metadata', 'labels']),
    ...(pod ? podTexts(pod) : []),
  ];
}

function objectName(object: KubernetesObject): NamedText {
  const limit = LONGEST_NAMES.get(groupKindOf(object));
  const isRole = groupKindOf(object).startsWith('rbac.authorization.k8s.io/');
  return {
    what: 'the name',
    path: ['metadata', 'name'],
    text: object.name,
    longest: limit ?? LONGEST_NAME,
    form: isRole ? URL_PART : limit === undefined ? NAME : HOST_NAME,
  };
}

function podTexts(pod: PodTemplate): NamedText[] {
  const labels =
    pod.path.length === 0 ? [] : labelTexts(pod.labels, [...pod.path, 'metadata', 'labels']);
  const volumes = objectsIn(pod.spec.volumes).flatMap(({ item, index }) =>
    hostText('a volume', item.name, [...pod.path, 'spec', 'volumes', index, 'name']),
  );
  const containers = containersOf(pod).flatMap(({ body, path }) => [
    ...hostText('a container', body.name, [...path, 'name']),
    ...objectsIn(body.ports).flatMap(({ item, index }) =>
      hostText('a port', item.name, [...path, 'ports', index, 'name'], LONGEST_PORT_NAME),
    ),
  ]);
  return [...labels, ...volumes, ...containers];
}

function labelTexts(labels: Record<string, Json>, path: ObjectPath): NamedText[] {
  return Object.entries(labels).flatMap(([key, text]) =>
    typeof text === 'string'
      ? [{ what: `label ${key}`, path: [...path, key], text, longest: LONGEST_LABEL, form: LABEL }]
      : [],
  );
}

function hostText(
  owner: string,
  text: Json | undefined,
  path: ObjectPath,
  longest = LONGEST_LABEL,
): NamedText[] {
  if (typeof text !== 'string') return [];
  return [{ what: `the name of ${owner}`, path, text, longest, form: HOST_NAME }];
}
