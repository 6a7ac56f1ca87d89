import { isMapping } from '../json-object.ts';
import type { Json } from './types.ts';

/** See {@link isMapping}; what is in it is JSON as well. */
export function isObject(value: Json | undefined): value is Record<string, Json> {
  return isMapping(value);
}

/** A copy of an object without some of its keys. */
export function omit<T extends object, K extends keyof T>(object: T, ...keys: K[]): Omit<T, K> {
  const copy = { ...object };
  for (const key of keys) Reflect.deleteProperty(copy, key);
  return copy;
}

/** A property an object has itself: authored names such as `constructor` are just names. */
export function own<T>(object: Record<string, T> | undefined, key: string | number): T | undefined {
  return object && Object.hasOwn(object, key) ? object[key] : undefined;
}
