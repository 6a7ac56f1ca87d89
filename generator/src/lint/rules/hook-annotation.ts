import type { Json } from '../../model/types.ts';
import { nameOf, type KubernetesObject } from '../manifests.ts';
import {
  HOOK_DELETE_POLICY,
  HOOK_LOG_POLICY,
  HOOK_WEIGHT,
  isHook,
  listOf,
} from '../objects/hooks.ts';
import type { Observation, Rule } from '../rule.ts';

const EVENTS = [
  'pre-install',
  'post-install',
  'pre-delete',
  'post-delete',
  'pre-upgrade',
  'post-upgrade',
  'pre-rollback',
  'post-rollback',
  'test',
];

/** The last one is what Helm 2 called `test`. */
const KNOWN_EVENTS = [...EVENTS, 'test-success'];

/** The words of annotations that are lists. */
const POLICIES: Readonly<Record<string, readonly string[]>> = {
  [HOOK_DELETE_POLICY]: ['before-hook-creation', 'hook-succeeded', 'hook-failed'],
  [HOOK_LOG_POLICY]: ['hook-succeeded', 'hook-failed'],
};

const TEMPLATE = /^(?:charts\/[^/]+\/)*templates\/.*\.(?:ya?ml|tpl)$/;

/** A hook annotation on a line of its own, without actions in its value. */
const HOOK_LINE = /^(\s*)["']?helm\.sh\/hook["']?: *["']?([a-zA-Z, -]*)(?:["'] *)?(?:#.*)?$/;

/** Annotations of hooks that Helm takes no notice of. */
export const hookAnnotation: Rule = {
  id: 'hook-annotation',
  severity: 'error',
  summary: 'An annotation of a hook holds what Helm does not know.',
  reason:
    'Helm says nothing: an object with an unknown event is left out of the release, a weight that is no whole number counts as 0, an unknown policy does nothing.',
  remedy: 'Use the words that Helm knows.',
  source: 'https://helm.sh/docs/topics/charts_hooks/',
  // What has an unknown event is in no rendering.
  chart({ files }) {
    return [...files]
      .filter(([file]) => TEMPLATE.test(file))
      .flatMap(([file, text]) => unknownEvents(file, text));
  },
  rendering({ objects }) {
    return objects
      .filter(isHook)
      .flatMap((object) => [...wrongWeight(object), ...unknownPolicies(object)]);
  },
};

function unknownEvents(file: string, text: string): Observation[] {
  if (!text.includes('helm.sh/hook')) return [];
  return text.split('\n').flatMap((line, index) => {
    const [, indent = '', events] = HOOK_LINE.exec(line.trimEnd()) ?? [];
    const unknown = unknownWords(events, KNOWN_EVENTS);
    return unknown.map((event) => ({
      message: `Helm knows no hook ${JSON.stringify(event)} and leaves the object out`,
      hint: `Use one of ${EVENTS.join(', ')}.`,
      place: { file, line: index + 1, column: indent.length + 1 },
    }));
  });
}

function wrongWeight(object: KubernetesObject): Observation[] {
  const weight = object.annotations[HOOK_WEIGHT];
  if (typeof weight !== 'string' || /^[+-]?\d+$/.test(weight)) return [];
  return [
    {
      message: `the hook weight ${JSON.stringify(weight)} of ${nameOf(object)} is no whole number and counts as 0`,
      hint: 'Give a whole number in quotes.',
      place: placeOf(object, HOOK_WEIGHT),
    },
  ];
}

function unknownPolicies(object: KubernetesObject): Observation[] {
  return Object.entries(POLICIES).flatMap(([annotation, known]) =>
    unknownWords(object.annotations[annotation], known).map((word) => ({
      message: `${annotation} of ${nameOf(object)} has ${JSON.stringify(word)}, which Helm does not know`,
      hint: `Use some of ${known.join(', ')}.`,
      place: placeOf(object, annotation),
    })),
  );
}

function unknownWords(annotation: Json | undefined, known: readonly string[]): string[] {
  return (listOf(annotation) ?? []).filter((word) => !known.includes(word));
}

function placeOf(object: KubernetesObject, annotation: string) {
  return { object, path: ['metadata', 'annotations', annotation] };
}
