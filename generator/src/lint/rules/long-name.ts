import { nameOf, type KubernetesObject } from '../manifests.ts';
import { namedTexts, type NamedText } from '../objects/named-texts.ts';
import { pairObjects } from '../objects/names.ts';
import type { LintedRendering, Observation, Rule } from '../rule.ts';
import { duplicateObject } from './duplicate-object.ts';

/** As long as Helm admits, with dashes at which a careless cut shows. */
const LONG_RELEASE_NAME = `${'a-'.repeat(26)}a`;
const CONDITION = `with a release name of ${LONG_RELEASE_NAME.length} characters`;

/** A name that is too long, or badly cut, when the release has the longest name. */
export const longName: Rule = {
  id: 'long-name',
  severity: 'warning',
  summary: `A name or label is refused, or no longer unique, ${CONDITION}, which Helm admits.`,
  reason: 'The chart works until somebody gives a release a longer name than its author did.',
  remedy:
    'Cut names to what is left after the suffix, as in `trunc 52 | trimSuffix "-"`, before the suffix is added.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  async repeated(rendering) {
    const again = await rendering.repeat({ releaseName: LONG_RELEASE_NAME });
    if (again === undefined) return [];
    const pairs = pairObjects(rendering.objects, again.objects);
    return [...pairs.flatMap(observePair), ...observeCollisions(rendering, again, pairs)];
  },
};

type Pair = readonly [KubernetesObject, KubernetesObject];

/** What is wrong already with a short name of the release is not told. */
function observePair([object, again]: Pair): Observation[] {
  const before = new Map(namedTexts(object).map((named) => [JSON.stringify(named.path), named]));
  const told = new Set<string>();
  return namedTexts(again).flatMap((named) => {
    const { what, path } = named;
    const problem = problemOf(named);
    const known = before.get(JSON.stringify(path));
    if (problem === undefined || (known && problemOf(known) !== undefined)) return [];
    // A label of the object that its pods have as well.
    if (told.has(what)) return [];
    told.add(what);
    return [
      {
        message: `${what} of ${nameOf(object)} ${problem} ${CONDITION}`,
        place: { object, path },
      },
    ];
  });
}

function problemOf({ text, longest, form }: NamedText): string | undefined {
  if (text.length > longest) return `is ${text.length} characters long, ${longest} are allowed,`;
  if (text === '' || form.test(text)) return undefined;
  return /[^A-Za-z0-9]$/.test(text) ? `ends in "${text.slice(-1)}"` : 'is not valid';
}

function observeCollisions(
  before: LintedRendering,
  again: LintedRendering,
  pairs: readonly Pair[],
): Observation[] {
  const duplicates = duplicateObject.rendering?.(again) ?? [];
  const original = new Map(pairs.map(([object, other]) => [other, object]));
  if ((duplicateObject.rendering?.(before) ?? []).length > 0) return [];
  return duplicates.flatMap(({ place }) => {
    const object = place && 'object' in place ? original.get(place.object) : undefined;
    if (object === undefined) return [];
    return [
      {
        message: `${nameOf(object)} gets the name of another object ${CONDITION}`,
        place: { object, path: ['metadata', 'name'] },
      },
    ];
  });
}
