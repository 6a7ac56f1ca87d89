import { formatPath } from '../locate/locate.ts';
import { nameOf } from '../manifests.ts';
import { immutableChanges, type ImmutableChange } from '../objects/immutable.ts';
import { likelyChanges, together, type LikelyChange } from '../objects/likely-changes.ts';
import { workloadSelector } from '../objects/selectors.ts';
import { versionRequirements } from '../objects/versions.ts';
import type { LintedChart } from '../chart.ts';
import type { Observation, RepeatableRendering, Rule } from '../rule.ts';

/** A change of an immutable field, and what brings it about. */
interface Dependence {
  change: ImmutableChange;
  causes: readonly LikelyChange[];
}

/** Nothing changes but time and chance. */
const NOTHING: LikelyChange = {
  what: 'time or chance',
  group: 'versions',
  isUpgrade: true,
  changes: {},
};

/** A field that cannot be changed and depends on what is likely to change. */
export const immutableField: Rule = {
  id: 'immutable-field',
  severity: 'error',
  summary:
    'A field that Kubernetes never lets change depends on a version, a replica count or chance.',
  reason: 'The first upgrade that changes it fails, and the object has to be deleted by hand.',
  remedy:
    'Take labels and values that change out of the field, or put them into the name of the object.',
  source:
    'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#statefulset-v1-apps',
  async repeated(rendering) {
    const found = await search(rendering, likelyChanges(rendering));
    if (found.length === 0) return [];
    const again = await rendering.repeat(NOTHING.changes);
    const random = again ? immutableChanges(rendering, again) : [];
    return merge([...random.map((change) => ({ change, causes: [NOTHING] })), ...found])
      .filter(({ change }) => !isVersionedSelector(rendering.chart, change))
      .map(observe);
  },
};

/** Tries all at once, by groups where the chart refuses that, and by halves where something changes. */
async function search(
  rendering: RepeatableRendering,
  likely: readonly LikelyChange[],
): Promise<Dependence[]> {
  const again = await rendering.repeat(together(likely));
  const changes = again && immutableChanges(rendering, again);
  if (changes?.length === 0) return [];
  const parts = changes ? halves(likely) : groups(likely);
  if (parts.length === 1) return (changes ?? []).map((change) => ({ change, causes: likely }));
  const found: Dependence[] = [];
  for (const part of parts) found.push(...(await search(rendering, part)));
  return found;
}

function halves(likely: readonly LikelyChange[]): LikelyChange[][] {
  const half = Math.ceil(likely.length / 2);
  return [likely.slice(0, half), likely.slice(half)].filter((part) => part.length > 0);
}

function groups(likely: readonly LikelyChange[]): LikelyChange[][] {
  const names = new Set(likely.map(({ group }) => group));
  return [...names].map((name) => likely.filter(({ group }) => group === name));
}

/** One for each field; what changes by itself depends on nothing else. */
function merge(dependences: readonly Dependence[]): Dependence[] {
  const merged = new Map<string, Dependence>();
  for (const { change, causes } of dependences) {
    const key = `${nameOf(change.object)} ${formatPath(change.path)}`;
    const known = merged.get(key)?.causes ?? [];
    if (!known.includes(NOTHING)) merged.set(key, { change, causes: [...known, ...causes] });
  }
  return [...merged.values()];
}

function observe({ change: { object, path }, causes }: Dependence): Observation {
  const on = causes.map(({ what }) => what).join(' and ');
  return {
    message: `${formatPath(path)} of ${nameOf(object)} cannot be changed, yet depends on ${on}`,
    place: { object, path },
    severity: causes.some(({ isUpgrade }) => isUpgrade) ? 'error' : 'warning',
  };
}

/** That is what the rule selector-version-label tells. */
function isVersionedSelector(chart: LintedChart, { object, field }: ImmutableChange): boolean {
  const selector = workloadSelector(object);
  return (
    selector !== undefined &&
    field.at(-1) === 'selector' &&
    versionRequirements(chart, object, selector).length > 0
  );
}
