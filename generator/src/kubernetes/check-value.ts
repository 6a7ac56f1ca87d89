import { isObject, own } from '../model/json.ts';
import type { Json } from '../model/types.ts';
import { didYouMean } from '../nearest.ts';
import { alternativeProblems, hasAlternatives } from './alternatives.ts';
import { mistakesIn, type Mistake } from './limits.ts';
import type { Matcher } from './pattern.ts';
import type { SchemaProblem, SchemaProblemKind } from './problem.ts';
import type { Schema } from './schema.ts';
import { typeMistake } from './types.ts';

/** What is known while an object is checked. */
export interface Check {
  /** A definition; undefined where there is none of this name. */
  resolve: (name: string) => Schema | undefined;
  matches: Matcher;
  /** Where the value is; changes while the check goes on. */
  path: (string | number)[];
  problems: SchemaProblem[];
  /** False for conditions on what the schema around them says: they know a part of the fields. */
  closed: boolean;
}

/** The fields that every object has, one inside of another too: an embedded resource. */
const RESOURCE_FIELDS: Readonly<Record<string, Schema>> = {
  apiVersion: { type: 'string' },
  kind: { type: 'string' },
  metadata: { $ref: 'meta.v1.ObjectMeta' },
};

/** Checks a value against a schema as the API server does with `fieldValidation: Strict`. */
export function checkValue(check: Check, value: Json, schema: Schema): void {
  if (schema.$ref !== undefined) {
    const definition = check.resolve(schema.$ref);
    if (definition) checkValue({ ...check, closed: true }, value, definition);
    return;
  }
  if (value === null && schema.nullable === true) return;
  const mistake = typeMistake(value, schema);
  if (mistake) {
    report(check, 'wrong-type', mistake);
    return;
  }
  for (const found of mistakesIn(value, schema, check.matches))
    report(check, 'invalid-value', found);
  if (Array.isArray(value)) checkItems(check, value, schema);
  else if (isObject(value)) checkFields(check, value, schema);
  if (!hasAlternatives(schema)) return;
  check.problems.push(
    ...alternativeProblems(schema, [...check.path], (part) => {
      const problems: SchemaProblem[] = [];
      checkValue({ ...check, closed: false, problems }, value, part);
      return problems;
    }),
  );
}

/** Adds a problem at the present place. */
function report(check: Check, kind: SchemaProblemKind, mistake: Mistake, field?: string): void {
  const path = field === undefined ? [...check.path] : [...check.path, field];
  check.problems.push({ kind, path, ...mistake });
}

function checkItems(check: Check, items: readonly Json[], schema: Schema): void {
  if (schema.items === undefined) return;
  for (const [index, item] of items.entries()) checkAt(check, index, item, schema.items);
}

function checkAt(check: Check, key: string | number, value: Json, schema: Schema): void {
  check.path.push(key);
  checkValue(check, value, schema);
  check.path.pop();
}

function checkFields(check: Check, object: Record<string, Json>, schema: Schema): void {
  const { properties, required = [] } =
    schema['x-kubernetes-embedded-resource'] === true ? asResource(schema) : schema;
  for (const [key, value] of Object.entries(object)) {
    const property = own(properties, key) ?? entrySchema(schema);
    if (property === undefined) checkUnknown(check, key, schema, properties);
    // The API server takes null as left out.
    else if (value !== null) checkAt(check, key, value, property);
  }
  for (const key of required) {
    const value = own(object, key);
    if (value === undefined || (value === null && own(properties, key)?.nullable !== true))
      report(check, 'missing-field', { message: `the required field "${key}" is missing` }, key);
  }
}

function asResource({ properties, required = [] }: Schema): Schema {
  return {
    properties: { ...properties, ...RESOURCE_FIELDS },
    required: [...new Set(['apiVersion', 'kind', ...required])],
  };
}

function entrySchema({ additionalProperties }: Schema): Schema | undefined {
  if (additionalProperties === true) return { 'x-kubernetes-preserve-unknown-fields': true };
  return additionalProperties === false ? undefined : additionalProperties;
}

function checkUnknown(
  check: Check,
  key: string,
  schema: Schema,
  properties: Readonly<Record<string, Schema>> = {},
): void {
  if (!check.closed || schema['x-kubernetes-preserve-unknown-fields'] === true) return;
  const hint = didYouMean(key, Object.keys(properties));
  const message = `there is no field "${key}"`;
  report(check, 'unknown-field', { message, ...(hint !== undefined && { hint }) }, key);
}
