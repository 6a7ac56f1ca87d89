import Handlebars from 'handlebars';

type Options = Handlebars.HelperOptions & { fn: (context: unknown, options?: object) => string };
type Branch = (this: unknown, condition: unknown, options: Options) => string;

/** Handlebars' own idea of truth: undefined is a mistake here; false, null, '', 0 and [] are false. */
function isTrue(value: unknown): boolean {
  if (value === undefined) throw new TypeError('a condition is undefined');
  return value !== 0 && !Handlebars.Utils.isEmpty(value);
}

const branch = (wanted: boolean): Branch =>
  function (condition, options) {
    return isTrue(condition) === wanted ? options.fn(this) : options.inverse(this);
  };

/** `<%#each list as |item key|%>`: the context stays the same inside, so every path means one thing. */
function each(this: unknown, collection: unknown, options: Options): string {
  if (typeof collection !== 'object' || collection === null) {
    throw new TypeError('each needs a list or a map');
  }
  const entries = Object.entries(collection) as [string, unknown][];
  if (entries.length === 0) return options.inverse(this);
  return entries.map(([key, item]) => options.fn(this, { blockParams: [item, key] })).join('');
}

/** `<%#with line.image as |image|%>`: a short name for a part of the context. */
function withName(this: unknown, value: unknown, options: Options): string {
  if (value === undefined) throw new TypeError('with needs a value');
  return options.fn(this, { blockParams: [value] });
}

/**
 * Every printed value goes through here: under `noEscape` Handlebars adds neighbouring numbers
 * and booleans up instead of joining them (handlebars-lang/handlebars.js#2167).
 */
function print(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  throw new TypeError('only text, numbers and booleans can be printed');
}

/** Compares as text: `4.3` and `"4.3"` look the same in the sources. */
const eq = (left: unknown, right: unknown) => String(left) === String(right);

function includes(list: unknown, item: unknown): boolean {
  if (!Array.isArray(list)) throw new TypeError('includes needs a list');
  return list.some((entry) => eq(entry, item));
}

/** Handlebars passes its options last. */
const withoutOptions = (values: unknown[]) => values.slice(0, -1);

interface Signature {
  run: (...values: never[]) => unknown;
  /** How many values it takes: fewest and most. */
  values: [number, number];
}

/** Helpers that open a block, with how many names their `as |…|` gives. */
export const BLOCK_HELPERS: Readonly<
  Record<string, Signature & { names: [number, number]; example?: string }>
> = {
  if: { run: branch(true), values: [1, 1], names: [0, 0] },
  unless: { run: branch(false), values: [1, 1], names: [0, 0] },
  each: { run: each, values: [1, 1], names: [1, 2], example: 'item' },
  with: { run: withName, values: [1, 1], names: [1, 1], example: 'name' },
};

/** Helpers for conditions, used in round brackets. */
export const CONDITION_HELPERS: Readonly<Record<string, Signature>> = {
  eq: { run: eq, values: [2, 2] },
  and: { run: (...values) => withoutOptions(values).every(isTrue), values: [2, Infinity] },
  or: { run: (...values) => withoutOptions(values).some(isTrue), values: [2, Infinity] },
  not: { run: (value) => !isTrue(value), values: [1, 1] },
  includes: { run: includes, values: [2, 2] },
};

/** The helper that {@link ./compile.ts} puts around printed values. */
export const PRINT = 'print';

export const HELPERS: Readonly<Record<string, (...values: never[]) => unknown>> = {
  ...Object.fromEntries(
    Object.entries({ ...BLOCK_HELPERS, ...CONDITION_HELPERS }).map(([name, { run }]) => [
      name,
      run,
    ]),
  ),
  [PRINT]: print,
};
