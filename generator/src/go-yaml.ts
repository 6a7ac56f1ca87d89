import {
  boolYaml11Tag,
  defineScalarTag,
  FAILSAFE_SCHEMA,
  loadAll,
  mergeTag,
  NOT_RESOLVED,
  nullYaml11Tag,
  Schema,
  YAMLException,
} from 'js-yaml';
import type { Json } from './model/types.ts';

const FIRST_CHARACTERS = Array.from('-+.0123456789');
const INTEGER = /^([-+]?)(?:0b([01]+)|0x([0-9a-fA-F]+)|0o?([0-7]+)|([0-9]+))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** Numbers have no base 60, and whatever ParseInt refuses, such as `08`, may still be a float. */
function resolveNumber(source: string): number | typeof NOT_RESOLVED {
  const plain = source.replaceAll('_', '');
  const [whole, sign, binary, hexadecimal, octal, decimal] = INTEGER.exec(plain) ?? [];
  if (whole !== undefined && !/^[-+]?0[0-9]*[89]/.test(plain)) {
    const digits = [binary, hexadecimal, octal, decimal];
    const base = [2, 16, 8, 10][digits.findIndex((text) => text !== undefined)];
    // JSON has no negative zero.
    return Number.parseInt(`${sign ?? ''}${digits.join('')}`, base) + 0;
  }
  return FLOAT.test(plain) ? Number.parseFloat(plain) : NOT_RESOLVED;
}

/** YAML as Helm and Kubernetes read it: sigs.k8s.io/yaml, goyaml.v2/resolve.go; dates are text. */
const GO_SCHEMA = new Schema([
  ...FAILSAFE_SCHEMA.tags,
  nullYaml11Tag,
  boolYaml11Tag,
  scalar('int', resolveNumber, FIRST_CHARACTERS),
  scalar('float', resolveNumber),
  scalar('timestamp', (source) => source),
  scalar('binary', (source) => Buffer.from(source, 'base64').toString()),
  mergeTag,
]);

/** @param firstCharacters of values that are of this type without being marked so. */
function scalar<T>(
  name: string,
  resolve: (source: string) => T | typeof NOT_RESOLVED,
  firstCharacters?: string[],
) {
  return defineScalarTag<T>(`tag:yaml.org,2002:${name}`, {
    ...(firstCharacters && { implicit: true, implicitFirstChars: firstCharacters }),
    resolve,
    // Nothing is written with it.
    identify: () => false,
  });
}

/** More parts than this come of aliases within aliases, not of what anybody wrote. */
const MOST_PARTS = 500_000;
/** A value that holds itself is deeper than any. */
const DEEPEST = 500;

/**
 * The documents of a YAML text as Helm and Kubernetes read them.
 * @param duplicates whether a key that stands twice is taken, the last one then, as Helm does.
 * @throws YAMLException of js-yaml, also for aliases that expand to too much.
 */
export function loadGoYaml(text: string, { duplicates = false } = {}): Json[] {
  const documents = loadAll(text, { schema: GO_SCHEMA, json: duplicates }) as Json[];
  if (text.includes('*') && countParts(documents, MOST_PARTS, DEEPEST) === 0)
    throw new YAMLException('its aliases expand to too much');
  return documents;
}

/** What is left of a bound when each part of the data has taken one off; 0 also for what is too deep. */
function countParts(value: Json, bound: number, depth: number): number {
  if (depth === 0) return 0;
  if (value === null || typeof value !== 'object') return Math.max(0, bound - 1);
  let left = bound;
  for (const part of Object.values(value)) {
    if (left === 0) break;
    left = countParts(part, left, depth - 1);
  }
  return left;
}
