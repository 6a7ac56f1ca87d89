import { isObject, own } from '../../model/json.ts';
import type { Json } from '../../model/types.ts';
import type { Key } from './known.ts';
import { targetOf } from './schema-reference.ts';

/** What a schema says of a value: that it is one, nothing, or that there can be none. */
export type Verdict = 'described' | 'admitted' | 'refused';

/** Schemas that refer to themselves several times could keep one busy for ever. */
const MOST_STEPS = 5000;

interface Walk {
  root: Json;
  stepsLeft: number;
}

/** What a JSON Schema (draft-07) says of a path of the values. What is in other files is not asked. */
export function verdictOn(schema: Json, path: readonly Key[]): Verdict {
  return verdict({ root: schema, stepsLeft: MOST_STEPS }, schema, path, 0);
}

/** @param followed references that did not lead down the path yet. */
function verdict(
  walk: Walk,
  schema: Json | undefined,
  path: readonly Key[],
  followed: number,
): Verdict {
  walk.stepsLeft -= 1;
  if (schema === false) return 'refused';
  const [key, ...rest] = path;
  if (key === undefined) return 'described';
  if (!isObject(schema) || walk.stepsLeft < 0 || followed > 32) return 'admitted';
  const own = anyOf(partsAt(schema, key).map((part) => verdict(walk, part, rest, 0)));
  const again = (part: Json) => verdict(walk, part, path, followed + 1);
  const { allOf, anyOf: any, oneOf: one, if: condition, then, else: otherwise } = schema;
  return allOfThem([
    own ?? ofOthers(schema),
    ...referredTo(walk.root, schema).map(again),
    ...listOf(allOf).map(again),
    ...[listOf(any), listOf(one)].flatMap((parts) => anyOf(parts.map(again)) ?? []),
    // What is refused on a condition can be set where it does not hold.
    ...[condition, then, otherwise]
      .flatMap(listOf)
      .map(again)
      .filter((found) => found === 'described'),
  ]);
}

function allOfThem(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('refused')) return 'refused';
  return verdicts.includes('described') ? 'described' : 'admitted';
}

function anyOf(verdicts: readonly Verdict[]): Verdict | undefined {
  if (verdicts.includes('described')) return 'described';
  return verdicts.includes('admitted') ? 'admitted' : verdicts[0];
}

function referredTo(root: Json, { $ref }: Record<string, Json>): Json[] {
  return listOf(typeof $ref === 'string' ? targetOf(root, $ref) : undefined);
}

/** The schemas that a node itself has for a key; those of all keys for an unknown one. */
function partsAt(schema: Record<string, Json>, key: Key): Json[] {
  const { properties, patternProperties, additionalProperties, items } = schema;
  const named = isObject(properties) ? properties : {};
  const patterns = isObject(patternProperties) ? patternProperties : {};
  const others = isObject(additionalProperties) ? [additionalProperties] : [];
  if (key === null)
    return [...Object.values(named), ...Object.values(patterns), ...others, ...listOf(items)];
  const property = own(named, key);
  if (property !== undefined) return [property];
  const matching = Object.entries(patterns).filter(([pattern]) => mayMatch(pattern, key));
  return matching.length > 0 ? matching.map(([, part]) => part) : others;
}

/** Patterns are the chart's, and could take for ever: only simple ones are tried. */
function mayMatch(pattern: string, key: string): boolean {
  if (pattern.replaceAll(/[^*+{?]/g, '').length > 1) return true;
  try {
    return new RegExp(pattern, 'u').test(key);
  } catch {
    return true;
  }
}

function listOf(value: Json | undefined): Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** What a node says of keys it has no schema for. */
function ofOthers(schema: Record<string, Json>): Verdict {
  const { additionalProperties, type, ...rest } = schema;
  const types = listOf(type);
  const hasKeys = types.includes('object') || types.includes('array');
  if (additionalProperties === false || (types.length > 0 && !hasKeys)) return 'refused';
  if (additionalProperties !== undefined) return 'described';
  const isFree = ['properties', '$ref', 'allOf', 'anyOf', 'oneOf', 'if', 'not'].every(
    (keyword) => !Object.hasOwn(rest, keyword),
  );
  return hasKeys && isFree ? 'described' : 'admitted';
}
