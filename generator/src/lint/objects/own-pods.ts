import { isObject } from '../../model/json.ts';
import type { Json } from '../../model/types.ts';
import type { LintedRendering } from '../rule.ts';
import { dataFile } from '../values/values-file.ts';
import { podTemplates, type PodTemplate } from './pods.ts';

const LISTS = ['initContainers', 'containers', 'ephemeralContainers', 'volumes', 'env'];

const known = new WeakMap<LintedRendering, PodTemplate[]>();

/**
 * The pod templates without what the values of the case add to their lists, such as sidecars and
 * volumes: what is wrong with that is not the chart's. Defaults of the chart are its own.
 */
export function ownPods(rendering: LintedRendering): PodTemplate[] {
  const pods = known.get(rendering) ?? withoutGiven(rendering);
  known.set(rendering, pods);
  return pods;
}

function withoutGiven({ chart, values, objects }: LintedRendering): PodTemplate[] {
  const given = namedFields(values);
  const defaults = namedFields(dataFile(chart, 'values.yaml')?.data ?? null);
  for (const field of defaults) given.delete(field);
  const isGiven = (entry: Record<string, Json>) =>
    Object.keys(entry).every((field) => given.has(keyOf(entry, field)));
  return podTemplates(objects).map((pod) => ({ ...pod, spec: own(pod.spec) }));

  function own(body: Record<string, Json>): Record<string, Json> {
    const entries = Object.entries(body).map(([field, value]): [string, Json] => {
      if (!LISTS.includes(field) || !Array.isArray(value)) return [field, value];
      // The place of what is left out stays, so that the others keep theirs.
      return [field, value.map((entry) => ownEntry(entry))];
    });
    return Object.fromEntries(entries);
  }

  function ownEntry(entry: Json): Json {
    if (!isObject(entry)) return entry;
    return isGiven(entry) ? null : own(entry);
  }
}

/** The fields of all named entries of lists. */
function namedFields(values: Json): Set<string> {
  const found = new Set<string>();
  const collect = (value: Json): void => {
    if (Array.isArray(value)) {
      for (const entry of value.filter(isObject))
        for (const field of Object.keys(entry)) found.add(keyOf(entry, field));
      value.forEach(collect);
    } else if (isObject(value)) Object.values(value).forEach(collect);
  };
  collect(values);
  return found;
}

function keyOf({ name }: Record<string, Json>, field: string): string {
  return JSON.stringify([name, field]);
}
