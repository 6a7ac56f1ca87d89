import type { Json } from '../../model/types.ts';
import { nameOf, type KubernetesObject } from '../manifests.ts';
import {
  containersOf,
  describeContainer,
  type Container,
  type PodTemplate,
} from '../objects/pods.ts';
import { ownPods } from '../objects/own-pods.ts';
import { isSecretName, isSecretText } from '../objects/secret-names.ts';
import { configTexts, variables } from '../objects/secrets.ts';
import type { Observation, Rule } from '../rule.ts';

const PRIVATE_KEY = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/;
const FLAG = /^--?(?<name>[\w.-]+)(?:=(?<text>.*))?$/s;

/** Secrets outside of a Secret. */
export const secretInClear: Rule = {
  id: 'secret-in-clear',
  severity: 'warning',
  summary: 'A secret stands in a ConfigMap, in the arguments or in the environment of a container.',
  reason:
    'Everybody who may read the object reads it, also in backups, logs and `kubectl describe`.',
  remedy: 'Put it into a Secret and refer to it with `secretKeyRef` or a volume.',
  source: 'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
  rendering(rendering) {
    const pods = ownPods(rendering);
    return [...inConfigMaps(rendering.objects), ...inVariables(pods), ...inArguments(pods)];
  },
};

function inConfigMaps(objects: readonly KubernetesObject[]): Observation[] {
  return configTexts(objects)
    .filter(
      ({ name, text }) => PRIVATE_KEY.test(text) || (isSecretName(name) && isSecretText(text)),
    )
    .map(({ object, name, path }) => ({
      message: `${nameOf(object)} holds a secret in ${name}`,
      place: { object, path },
    }));
}

function inVariables(pods: readonly PodTemplate[]): Observation[] {
  return variables(pods)
    .filter(({ name, text }) => isSecretName(name) && isSecretText(text))
    .map(({ object, container, name, path }) => ({
      message: `${container} has a secret in clear in the variable ${name}`,
      place: { object, path },
    }));
}

function inArguments(pods: readonly PodTemplate[]): Observation[] {
  return pods
    .flatMap(containersOf)
    .flatMap((container) => ['command', 'args'].flatMap((field) => secretFlags(container, field)));
}

/** `--password=…`, or `--password` with its text after it. */
function secretFlags(container: Container, field: string): Observation[] {
  const list = container.body[field];
  if (!Array.isArray(list)) return [];
  return list.flatMap((item, index) => {
    const { name, text } = FLAG.exec(stringOf(item))?.groups ?? {};
    // `--secret` is mostly followed by the name of one.
    if (name === undefined || name === 'secret' || !isSecretName(name)) return [];
    const next = stringOf(list[index + 1]);
    const value = text ?? (next.startsWith('-') ? '' : next);
    if (!isSecretText(value)) return [];
    return [
      {
        message: `${describeContainer(container)} has a secret in clear after the flag ${name}`,
        place: { object: container.pod.object, path: [...container.path, field, index] },
      },
    ];
  });
}

function stringOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
