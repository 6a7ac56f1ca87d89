import type { Path, SchemaProblem } from './problem.ts';
import type { Schema } from './schema.ts';
import { either } from './words.ts';

/** Has a schema conditions? Most have none. */
export function hasAlternatives({ allOf, anyOf, oneOf, not }: Schema): boolean {
  return (allOf ?? anyOf ?? oneOf ?? not) !== undefined;
}

/**
 * What breaks the conditions `allOf`, `anyOf`, `oneOf` and `not` of a schema.
 * @param path where the value is.
 * @param problemsOf what is wrong with the value by the schema of one condition.
 */
export function alternativeProblems(
  { allOf = [], anyOf, oneOf, not }: Schema,
  path: Path,
  problemsOf: (part: Schema) => SchemaProblem[],
): SchemaProblem[] {
  const problems = allOf.flatMap(problemsOf);
  const invalid = (message: string) => problems.push({ kind: 'invalid-value', path, message });
  for (const [parts, mayFitSeveral] of [[anyOf, true] as const, [oneOf, false] as const]) {
    if (parts === undefined) continue;
    const tried = parts.map(problemsOf);
    const fitting = tried.filter(({ length }) => length === 0).length;
    if (fitting === 0) problems.push(...noneProblems(parts, tried, path));
    if (fitting > 1 && !mayFitSeveral) invalid(tooMany(parts, fitting));
  }
  if (not && problemsOf(not).length === 0) invalid('has a form that is ruled out');
  return problems;
}

/** What is wrong with the only alternative of the value's type, else what there is to choose. */
function noneProblems(
  parts: readonly Schema[],
  tried: readonly SchemaProblem[][],
  path: Path,
): SchemaProblem[] {
  const fields = requiredFields(parts);
  if (fields) return [{ kind: 'missing-field', path, message: `needs ${either(fields)}` }];
  const [only, ...others] = tried.filter((problems) => !problems.some(isOfOtherType(path)));
  if (only && others.length === 0) return only;
  const reasons = new Set(tried.flatMap(([first]) => first?.message ?? []));
  return [{ kind: 'invalid-value', path, message: [...reasons].join('; or ') }];
}

function isOfOtherType(place: Path): (problem: SchemaProblem) => boolean {
  return ({ kind, path }) => kind === 'wrong-type' && path.length === place.length;
}

function tooMany(parts: readonly Schema[], fitting: number): string {
  const fields = requiredFields(parts);
  return fields
    ? `must have ${either(fields)}, not several of them`
    : `fits ${fitting} of the forms that exclude each other`;
}

/** The fields to choose from, where that is all that the alternatives say. */
function requiredFields(parts: readonly Schema[]): string[] | undefined {
  const names = parts.map(({ required = [], ...rest }) =>
    Object.keys(rest).length === 0 ? required.join(' and ') : '',
  );
  return names.includes('') ? undefined : names;
}
