import { linePatterns, matches, type LinePattern } from '../locate/line-pattern.ts';
import type { LintedRendering } from '../rule.ts';
import { namespaceOf, RELEASE_NAMESPACE } from './names.ts';
import { isCustom, namesIn, operatedResources, textsIn } from './operators.ts';
import { containersOf, podTemplates } from './pods.ts';
import type { Reference } from './references.ts';

/** What each cluster has, by kind. */
const OF_THE_CLUSTER: ReadonlyMap<string, RegExp> = new Map([
  ['ServiceAccount', /^default$/],
  ['ConfigMap', /^(?:kube-root-ca|openshift-service-ca)\.crt$/],
  ['Role', /^(?:system:|extension-apiserver-authentication-reader$)/],
  ['ClusterRole', /^(?:system:|(?:view|edit|admin|cluster-admin)$)/],
]);
/** Shorter literal text, such as a dash between two actions, says too little of a name. */
const LEAST_LITERAL = 3;

/** Whether an object that the chart does not render is to be expected in the cluster all the same. */
export type IsExpected = (reference: Reference) => boolean;

/** Tells what each cluster has, what the values name, and what is made at run time. */
export function expectations(rendering: LintedRendering): IsExpected {
  const { objects } = rendering;
  const isNamed = namesInValues(rendering);
  const isMade = namesMadeAtRunTime(rendering);
  const homes = new Set(objects.map((object) => homeOf(object.kind, namespaceOf(object))));
  return (reference) => {
    const { kind, name, namespace } = reference;
    const isElsewhere = namespace !== RELEASE_NAMESPACE && !homes.has(homeOf(kind, namespace));
    return (
      OF_THE_CLUSTER.get(kind)?.test(name) === true ||
      (namespace !== '' && isElsewhere) ||
      isNamed(name) ||
      isMade(reference)
    );
  };
}

function homeOf(kind: string, namespace: string): string {
  return `${namespace}/${kind}`;
}

/** A name that stands in the values, as it is or as a template, is the operator's. */
function namesInValues({ values }: LintedRendering): (name: string) => boolean {
  const texts = new Set(namesIn(values));
  const patterns = [...texts]
    .filter((text) => text.includes('{{'))
    .flatMap(linePatterns)
    .filter((pattern): pattern is LinePattern => (pattern?.weight ?? 0) >= LEAST_LITERAL);
  return (name) => texts.has(name) || patterns.some((pattern) => matches(pattern, name));
}

/** Custom resources, annotations and commands name what controllers and jobs make. */
function namesMadeAtRunTime({ objects }: LintedRendering): IsExpected {
  const named = objects.filter(isCustom).flatMap(({ name, body }) => [name, ...textsIn(body.spec)]);
  const annotated = objects.flatMap(({ annotations }) => textsIn(annotations));
  const exact = new Set([...named, ...annotated]);
  const prefixes = operatedResources(objects).map(({ name }) => `${name}-`);
  const commands = podTemplates(objects)
    .flatMap(containersOf)
    .flatMap(({ body }) => [body.command, body.args].flatMap(textsIn));
  return ({ kind, name }) =>
    prefixes.some((prefix) => name.startsWith(prefix)) ||
    ((kind === 'Secret' || kind === 'ConfigMap') &&
      (exact.has(name) || commands.some((text) => text.includes(name))));
}
