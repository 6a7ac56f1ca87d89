import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../model/types.ts';
import { didYouMean } from '../nearest.ts';
import { fitsFormat, formatMistake } from './formats.ts';
import type { Matcher } from './pattern.ts';
import type { Schema } from './schema.ts';
import { describe, either, shown } from './words.ts';

export interface Mistake {
  message: string;
  hint?: string;
}

/** What values of the right type may not be: enumerations, formats, ranges, lengths, patterns. */
export function mistakesIn(value: Json, schema: Schema, matches: Matcher): Mistake[] {
  return [...enumMistakes(value, schema), ...mistakesOfType(value, schema, matches)];
}

function mistakesOfType(value: Json, schema: Schema, matches: Matcher): Mistake[] {
  if (typeof value === 'number') return numberMistakes(value, schema);
  if (typeof value === 'string') return textMistakes(value, schema, matches);
  if (Array.isArray(value))
    return countMistakes(() => value.length, schema.minItems, schema.maxItems, 'entries');
  if (typeof value !== 'object' || value === null) return [];
  const { minProperties, maxProperties } = schema;
  return countMistakes(() => Object.keys(value).length, minProperties, maxProperties, 'keys');
}

function enumMistakes(value: Json, { enum: allowed }: Schema): Mistake[] {
  if (allowed === undefined || allowed.some((one) => isDeepStrictEqual(one, value))) return [];
  const words = allowed.filter((one) => one !== '').map(shown);
  const message = `must be ${either(words)}, is ${describe(value)}`;
  const texts = allowed.filter((one) => typeof one === 'string' && one !== '') as string[];
  const hint = typeof value === 'string' ? didYouMean(value, texts) : undefined;
  return [{ message, ...(hint !== undefined && { hint }) }];
}

function numberMistakes(value: number, schema: Schema): Mistake[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = schema;
  const broken: string[] = [];
  if (minimum !== undefined && (exclusiveMinimum ? value <= minimum : value < minimum))
    broken.push(exclusiveMinimum ? `greater than ${minimum}` : `${minimum} or greater`);
  if (maximum !== undefined && (exclusiveMaximum ? value >= maximum : value > maximum))
    broken.push(exclusiveMaximum ? `less than ${maximum}` : `${maximum} or less`);
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf))
    broken.push(`a multiple of ${multipleOf}`);
  if (!fitsFormat(value, format)) broken.push('a number of 32 bits');
  return broken.map((rule) => ({ message: `must be ${rule}, is ${value}` }));
}

function textMistakes(text: string, schema: Schema, matches: Matcher): Mistake[] {
  const { format, pattern, minLength, maxLength } = schema;
  const due = formatMistake(text, format);
  return [
    ...(due === undefined ? [] : [{ message: `must be ${due}, is ${shown(text)}` }]),
    ...(pattern === undefined ? [] : patternMistakes(matches(pattern, text), pattern, text)),
    ...countMistakes(() => Array.from(text).length, minLength, maxLength, 'characters'),
  ];
}

function patternMistakes(match: boolean | undefined, pattern: string, text: string): Mistake[] {
  if (match === true) return [];
  const what = match === false ? 'must match' : 'is checked in vain, it takes too long:';
  return [{ message: `${what} ${pattern}, is ${shown(text)}` }];
}

function countMistakes(
  counted: () => number,
  least: number | undefined,
  most: number | undefined,
  things: string,
): Mistake[] {
  if (least === undefined && most === undefined) return [];
  const count = counted();
  if (least !== undefined && count < least)
    return [{ message: `must have ${least} ${things} or more, has ${count}` }];
  if (most !== undefined && count > most)
    return [{ message: `must have ${most} ${things} or less, has ${count}` }];
  return [];
}
