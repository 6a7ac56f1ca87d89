import { isObject, own } from '../model/json.ts';
import type { Json } from '../model/types.ts';
import type { Mistake } from './limits.ts';
import type { Schema } from './schema.ts';
import { describe } from './words.ts';

const TYPES: Readonly<Record<string, { name: string; has: (value: Json) => boolean }>> = {
  array: { name: 'a list', has: Array.isArray },
  boolean: { name: 'true or false', has: (value) => typeof value === 'boolean' },
  integer: { name: 'a whole number', has: Number.isInteger },
  number: { name: 'a number', has: (value) => typeof value === 'number' },
  object: { name: 'an object', has: isObject },
  string: { name: 'a string', has: (value) => typeof value === 'string' },
};

/** Texts that are a value of the type once they have no quotes. */
const UNQUOTED: Readonly<Record<string, RegExp>> = {
  boolean: /^(?:true|false)$/,
  integer: /^-?\d+$/,
  number: /^-?\d+(?:\.\d+)?$/,
};

/** That a value is of another type than its schema's; undefined when it is not. */
export function typeMistake(value: Json, schema: Schema): Mistake | undefined {
  // Nearly all values are right, and there are many.
  if (schema.type !== undefined && own(TYPES, schema.type)?.has(value)) return undefined;
  const types = typesOf(schema).flatMap((type) => own(TYPES, type) ?? []);
  if (types.length === 0 && value !== null) return undefined;
  if (types.some(({ has }) => has(value))) return undefined;
  if (types.length === 0 && schema['x-kubernetes-preserve-unknown-fields'] === true)
    return undefined;
  const due = types.map(({ name }) => name).join(' or ');
  const message = due === '' ? 'must not be null' : `must be ${due}, is ${describe(value)}`;
  const hint = quotesHint(value, schema);
  return { message, ...(hint !== undefined && { hint }) };
}

function typesOf(schema: Schema): string[] {
  if (schema['x-kubernetes-int-or-string'] === true) return ['integer', 'string'];
  if (schema.format === 'quantity') return ['string', 'number'];
  return schema.type === undefined ? [] : [schema.type];
}

function quotesHint(value: Json, { type = '' }: Schema): string | undefined {
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean'))
    return 'quote it, in a template with the function "quote"';
  if (typeof value === 'string' && own(UNQUOTED, type)?.test(value) === true)
    return 'leave out the quotes';
  return undefined;
}
