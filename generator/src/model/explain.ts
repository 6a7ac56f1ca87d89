import type { ErrorObject } from 'ajv';
import { pointerKeys } from '../json-pointer.ts';
import { didYouMean } from '../nearest.ts';
import type { Json } from './types.ts';

/** What a failed check of a JSON Schema means, in plain words. */
export interface Explanation {
  message: string;
  hint?: string | undefined;
  /** Where in the data; with `at: 'key'` the last part is the key that is wrong. */
  path: string[];
  at: 'key' | 'value';
  /** The schema that was not met. */
  schema: unknown;
}

/**
 * Explains the errors of an ajv validator made with `allErrors` and `verbose`.
 * @param key what the author would call a key of the data.
 * @param writtenAt how a value stands in its file: `1.0` is the number 1.
 */
export function explainErrors(
  errors: readonly ErrorObject[],
  key: 'key' | 'keyword',
  writtenAt: (path: string[]) => string | undefined,
): Explanation[] {
  return errors
    .filter((error) => !isEcho(error, errors))
    .map((error) => {
      const place = {
        path: pointerKeys(error.instancePath),
        at: 'value' as const,
        schema: error.parentSchema,
      };
      const wrongKey = wrongKeyOf(error);
      if (wrongKey === undefined)
        return { ...place, ...explainValue(error, writtenAt(place.path)) };
      const path = [...place.path, wrongKey];
      return { ...place, path, at: 'key', ...explainKey(error, wrongKey, key) };
    });
}

/** True for errors that other errors already tell, or tell better. */
function isEcho(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
  if (error.keyword === 'if' || error.propertyName !== undefined) return true;
  if (isChoice(error)) {
    return errors.some((other) => other.instancePath.startsWith(`${error.instancePath}/`));
  }
  return errors.some(
    (other) =>
      isChoice(other) &&
      other.instancePath === error.instancePath &&
      error.schemaPath.startsWith(`${other.schemaPath}/`),
  );
}

function isChoice({ keyword, params }: ErrorObject): boolean {
  return keyword === 'anyOf' || (keyword === 'oneOf' && params.passingSchemas === null);
}

type Words = Pick<Explanation, 'message' | 'hint'>;

function wrongKeyOf({ params }: ErrorObject): string | undefined {
  const key: unknown = params.additionalProperty ?? params.propertyName;
  return typeof key === 'string' ? key : undefined;
}

function explainKey({ keyword, parentSchema }: ErrorObject, name: string, key: string): Words {
  const schema = parentSchema as { properties?: object; propertyNames?: { title?: string } };
  if (keyword === 'propertyNames') {
    return { message: `"${name}" is not ${schema.propertyNames?.title ?? `a ${key} that fits`}` };
  }
  const known = Object.keys(schema.properties ?? {});
  return { message: `unknown ${key} "${name}"`, hint: didYouMean(name, known) };
}

function explainValue(
  { keyword, params, parentSchema, data, message }: ErrorObject,
  written: string | undefined,
): Words {
  const value = shown(data);
  switch (keyword) {
    case 'required':
      return { message: `"${String(params.missingProperty)}" is missing` };
    case 'type': {
      const types = [params.type as string | string[]].flat();
      const isPlain = typeof data === 'number' || typeof data === 'boolean';
      const word = isPlain ? (written ?? value) : value;
      const hint = isPlain && types.includes('string') ? `write "${word}"` : undefined;
      return { message: `must be ${types.map(named).join(' or ')}, not ${word}`, hint };
    }
    case 'enum': {
      const allowed = params.allowedValues as Json[];
      const words = allowed.filter((item) => typeof item === 'string');
      const hint = typeof data === 'string' ? didYouMean(data, words) : undefined;
      return { message: `${value} is not one of ${allowed.map(shown).join(', ')}`, hint };
    }
    case 'pattern': {
      // Titles in our schemas say what a pattern is for.
      const title = (parentSchema as { title?: string }).title;
      return { message: `${value} is not ${title ?? `text like ${String(params.pattern)}`}` };
    }
    case 'anyOf':
    case 'oneOf':
      return { message: `${value} is none of the things that may stand here` };
    default:
      return { message: message ?? `does not meet "${keyword}"` };
  }
}

/** A value in a message; large ones by their kind. */
function shown(data: unknown): string {
  if (Array.isArray(data)) return 'an array';
  return typeof data === 'object' && data !== null ? 'an object' : JSON.stringify(data);
}

function named(type: string): string {
  if (type === 'null') return type;
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}
