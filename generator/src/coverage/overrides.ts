import { isDeepStrictEqual } from 'node:util';
import { isObject, own } from '../model/json.ts';
import type { Json } from '../model/types.ts';

/** Values of a chart, or part of them. */
export type Values = Record<string, Json>;

/** Values laid over others as Helm does: maps key by key, all else as a whole. */
export function mergeValues(base: Values, over: Values): Values {
  const changed = Object.entries(over).map(([key, value]): [string, Json] => {
    const before = own(base, key);
    return [key, isObject(before) && isObject(value) ? mergeValues(before, value) : value];
  });
  return Object.fromEntries([...Object.entries(base), ...changed]);
}

/**
 * The least that, laid over the defaults, makes Helm give templates these values: null takes a
 * default away. The keys are sorted.
 */
export function overridesOf(defaults: Values, values: Values): Values {
  const keys = new Set([...Object.keys(defaults), ...Object.keys(values)]);
  const entries = [...keys].toSorted().flatMap((key): [string, Json][] => {
    const before = own(defaults, key) ?? null;
    const after = own(values, key) ?? null;
    if (!isObject(before) || !isObject(after))
      return isDeepStrictEqual(before, after) ? [] : [[key, after]];
    const inner = overridesOf(before, after);
    return Object.keys(inner).length === 0 ? [] : [[key, inner]];
  });
  return Object.fromEntries(entries);
}

/** What is at a path of maps, undefined where nothing is; a list is one value. */
export function valueInMaps(values: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce((value, key) => (isObject(value) ? own(value, key) : undefined), values);
}

/**
 * The overrides but for the value at a path, and of a global value also what Helm copies of it below
 * the names of subcharts.
 */
export function resetOverride(overrides: Values, path: readonly string[]): Values {
  const rest = withoutOverride(overrides, path);
  if (path[0] !== 'global') return rest;
  const entries = Object.entries(rest).map(([name, value]): [string, Json] => [
    name,
    isObject(value) ? resetOverride(value, path) : value,
  ]);
  return Object.fromEntries(entries);
}

/** Without maps that are empty only then. */
function withoutOverride(overrides: Values, [key, ...rest]: readonly string[]): Values {
  const entries = Object.entries(overrides).flatMap(([name, value]): [string, Json][] => {
    if (name !== key) return [[name, value]];
    if (rest.length === 0) return [];
    if (!isObject(value) || Object.keys(value).length === 0) return [[name, value]];
    const inner = withoutOverride(value, rest);
    return Object.keys(inner).length === 0 ? [] : [[name, inner]];
  });
  return Object.fromEntries(entries);
}

/** How many values are overridden; a list counts as one. */
export function countOverrides(overrides: Values): number {
  return Object.values(overrides).reduce<number>(
    (sum, value) => sum + (isObject(value) ? Math.max(1, countOverrides(value)) : 1),
    0,
  );
}
