import { isObject } from '../../model/json.ts';
import type { Json } from '../../model/types.ts';
import { formatPath } from '../locate/locate.ts';
import { nameOf, type KubernetesObject } from '../manifests.ts';
import { pairObjects } from '../objects/names.ts';
import { groupKindOf } from '../objects/selectors.ts';
import type { ObjectPath, Observation, Rule } from '../rule.ts';

const NUMBER = '1234';
/** From this minor on Kubernetes admits names of Services that start with a digit. */
const RELAXED_MINOR = 36;

/** A release named by a number, as pipelines do with that of a pull request. */
export const numericReleaseName: Rule = {
  id: 'numeric-release-name',
  severity: 'warning',
  summary: `The chart cannot be installed as a release that is named by a number, such as ${NUMBER}.`,
  reason: 'YAML reads the name as a number where Kubernetes wants text, and refuses the object.',
  remedy: 'Print the name of the release with `quote`.',
  source: 'https://helm.sh/docs/chart_best_practices/templates/',
  async repeated(rendering) {
    const again = await rendering.repeat({ releaseName: NUMBER });
    if (again === undefined) return [];
    const strict = rendering.kubeVersions.filter((version) => minorOf(version) < RELAXED_MINOR);
    const pairs = pairObjects(rendering.objects, again.objects);
    return [
      ...observeNumbers(pairs),
      ...(strict.length > 0 ? pairs.flatMap((pair) => observeService(pair, strict)) : []),
    ];
  },
};

type Pair = readonly [KubernetesObject, KubernetesObject];

/** Objects share their labels: the first place of a key stands for all. */
function observeNumbers(pairs: readonly Pair[]): Observation[] {
  const told = new Set<unknown>();
  return pairs.flatMap(([object, again]) =>
    numbersIn(object.body, again.body, []).flatMap((path) => {
      if (told.has(path.at(-1))) return [];
      told.add(path.at(-1));
      return [
        {
          message: `${nameOf(object)} has a number in place of text at ${formatPath(path)} when the release is named ${NUMBER}`,
          place: { object, path },
          fix: { old: '{{ .Release.Name }}', new: '{{ .Release.Name | quote }}' },
        },
      ];
    }),
  );
}

/** Where text became a number. */
function numbersIn(
  before: Json | undefined,
  after: Json | undefined,
  path: ObjectPath,
): ObjectPath[] {
  if (typeof before === 'string') return typeof after === 'number' ? [path] : [];
  if (Array.isArray(before) && Array.isArray(after))
    return before.flatMap((item, index) => numbersIn(item, after[index], [...path, index]));
  if (!isObject(before) || !isObject(after)) return [];
  return Object.entries(before).flatMap(([key, value]) =>
    Object.hasOwn(after, key) ? numbersIn(value, after[key], [...path, key]) : [],
  );
}

function observeService([object, again]: Pair, kubeVersions: readonly string[]): Observation[] {
  if (groupKindOf(object) !== '/Service' || !/^\d/.test(again.name)) return [];
  return [
    {
      message: `the name of ${nameOf(object)} starts with a digit when the release is named ${NUMBER}, which Kubernetes before 1.${RELAXED_MINOR} refuses`,
      place: { object, path: ['metadata', 'name'] },
      severity: 'info',
      hint: 'Start the name with a letter, or tell users not to name releases so.',
      kubeVersions,
    },
  ];
}

function minorOf(version: string): number {
  return Number(/^v?1\.(\d+)/.exec(version)?.[1] ?? RELAXED_MINOR);
}
