import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { loadAll } from 'js-yaml';
import { isObject } from '../../../generator/src/model/json.ts';
import type { Json } from '../../../generator/src/model/types.ts';

export type KubernetesObject = Record<string, Json> & { apiVersion: string; kind: string };

/** Valid objects of many kinds. */
export const OBJECTS = loadAll(
  readFileSync(join(import.meta.dirname, 'objects.yaml'), 'utf8'),
) as KubernetesObject[];

/** A valid object of a kind, to change. */
export function objectOf(kind: string): KubernetesObject {
  const found = OBJECTS.find((object) => object.kind === kind);
  if (!found) throw new Error(`objects.yaml has no ${kind}`);
  return structuredClone(found);
}

type Key = string | number;

/** The paths of all values in an object, the object's own left out. */
function pathsIn(value: Json, path: Key[] = []): Key[][] {
  const entries: [Key, Json][] = Array.isArray(value)
    ? [...value.entries()]
    : isObject(value)
      ? Object.entries(value)
      : [];
  return entries.flatMap(([key, child]) => [[...path, key], ...pathsIn(child, [...path, key])]);
}

/** A copy with a value at a path; undefined takes it away. */
export function withValue(
  value: Json,
  [key, ...rest]: readonly Key[],
  put: Json | undefined,
): Json {
  if (key === undefined) return put ?? null;
  const child = (value as Record<Key, Json>)[key] ?? null;
  const changed = rest.length === 0 ? put : withValue(child, rest, put);
  if (Array.isArray(value)) {
    const kept = changed === undefined ? [] : [changed];
    return value.flatMap((item, index) => (index === key ? kept : [item]));
  }
  const others = Object.entries(value as object).filter(([name]) => name !== key);
  return Object.fromEntries([
    ...others,
    ...(changed === undefined ? [] : [[key, changed]]),
  ]) as Json;
}

const OTHER_VALUES = fc.constantFrom<Json>(
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 33,
  '',
  'a',
  '1Gi',
  'http',
  '10s',
  '10.0.0.2',
  'VALUE',
  [],
  [null],
  {},
  { a: 'b' },
);

/** An object after one change anywhere: a field more, a value less, another value. */
export function changed(object: Json): fc.Arbitrary<Json> {
  const paths = pathsIn(object);
  return fc.oneof(
    fc.constantFrom(...paths).map((path) => withValue(object, path, undefined)),
    fc
      .tuple(fc.constantFrom(...paths), OTHER_VALUES)
      .map(([path, value]) => withValue(object, path, value)),
    fc
      .tuple(fc.constantFrom([], ...paths), fc.constantFrom('a', 'image', 'name', '__proto__'))
      .filter(([path]) => isObject(valueAt(object, path)))
      .map(([path, key]) => withValue(object, [...path, key], 'x')),
  );
}

function valueAt(value: Json, path: readonly Key[]): Json {
  return path.reduce<Json>((at, key) => (at as Record<Key, Json>)[key] ?? null, value);
}
