import { isObject } from '../model/json.ts';
import type { Json } from '../model/types.ts';
import type { SchemaProblem } from './problem.ts';
import { describe } from './words.ts';

/** Says an object which kind it is of? */
export function hasIdentity(
  object: Json,
): object is Record<string, Json> & { apiVersion: string; kind: string } {
  return identityProblems(object).length === 0;
}

/** Why an object does not say which kind it is of. */
export function identityProblems(object: Json): SchemaProblem[] {
  if (!isObject(object))
    return [{ kind: 'wrong-type', path: [], message: `must be an object, is ${describe(object)}` }];
  return ['apiVersion', 'kind'].flatMap((key): SchemaProblem[] => {
    const value = object[key] ?? null;
    if (typeof value === 'string') return [];
    if (value !== null)
      return [
        { kind: 'wrong-type', path: [key], message: `must be a string, is ${describe(value)}` },
      ];
    return [
      { kind: 'missing-field', path: [key], message: `the required field "${key}" is missing` },
    ];
  });
}
