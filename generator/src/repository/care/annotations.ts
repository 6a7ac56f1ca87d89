import { isMapping } from '../../json-object.ts';
import type { Json } from '../../model/types.ts';
import { compareKeys } from '../index-file/key-order.ts';

/** When a version was yanked, RFC 3339. */
export const YANKED = 'spark-charts/yanked';
export const YANK_REASON = 'spark-charts/yank-reason';
export const DEPRECATION_REASON = 'spark-charts/deprecation-reason';

type Fields = Record<string, Json>;

/** A mapping with one field changed in its place, put in Helm's order, or, for undefined, removed. */
export function withField(fields: Fields, name: string, value: Json | undefined): Fields {
  const pairs = Object.entries(fields);
  const place = pairs.findIndex(([key]) => key === name);
  const next = pairs.findIndex(([key]) => compareKeys(key, name) > 0);
  const pair: [string, Json][] = value === undefined ? [] : [[name, value]];
  if (place >= 0) pairs.splice(place, 1, ...pair);
  else pairs.splice(next < 0 ? pairs.length : next, 0, ...pair);
  return Object.fromEntries(pairs);
}

function annotationsOf(data: Json): Fields {
  return isMapping(data) && isMapping(data.annotations) ? data.annotations : {};
}

/** Has an entry of an index this annotation? */
export function isAnnotated(data: Json, name: string): boolean {
  return Object.hasOwn(annotationsOf(data), name);
}

/** The data of an entry with annotations changed; undefined removes one. */
export function withAnnotations(data: Fields, changes: Record<string, string | undefined>): Fields {
  const changed = Object.entries(changes).filter(
    ([name, value]) => value !== undefined || isAnnotated(data, name),
  );
  if (changed.length === 0) return data;
  const annotations = changed.reduce(
    (fields, [name, value]) => withField(fields, name, value),
    annotationsOf(data),
  );
  const isEmpty = Object.keys(annotations).length === 0;
  return withField(data, 'annotations', isEmpty ? undefined : annotations);
}
