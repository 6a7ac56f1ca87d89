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
import { goNumberText, readGoNumber } from './go-number.ts';
import type { Json } from './model/types.ts';

const FIRST_CHARACTERS = Array.from('-+.0123456789');

type Resolved<T> = T | typeof NOT_RESOLVED;

function schemaOf<T>(resolveNumber: (number: bigint | number) => Resolved<T>): Schema {
  const resolve = (source: string) => {
    const number = readGoNumber(source);
    return number === undefined ? NOT_RESOLVED : resolveNumber(number);
  };
  return new Schema([
    ...FAILSAFE_SCHEMA.tags,
    nullYaml11Tag,
    boolYaml11Tag,
    scalar('int', resolve, FIRST_CHARACTERS),
    scalar('float', resolve),
    scalar('timestamp', (source) => source),
    scalar('binary', (source) => Buffer.from(source, 'base64').toString()),
    mergeTag,
  ]);
}

/** YAML as Helm and Kubernetes read it: sigs.k8s.io/yaml, goyaml.v2/resolve.go; dates are text. */
const GO_SCHEMA = schemaOf((number) =>
  Number.isFinite(Number(number)) ? Number(number) : NOT_RESOLVED,
);

/** The same where Helm wants text: a number is the text that it makes of it. */
export const GO_TEXT_SCHEMA = schemaOf(goNumberText);

/** @param firstCharacters of values that are of this type without being marked so. */
function scalar<T>(
  name: string,
  resolve: (source: string) => Resolved<T>,
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
