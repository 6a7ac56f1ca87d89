import { type Problem, UserError } from '../errors.ts';

/** A problem with each of its texts changed. */
export function renamedProblem(problem: Problem, rename: (text: string) => string): Problem {
  const fields = Object.entries(problem) as [string, string | number | undefined][];
  const renamed = fields.map(([field, value]) => [
    field,
    typeof value === 'string' ? rename(value) : value,
  ]);
  return Object.fromEntries(renamed) as Problem;
}

/** An error with each of its texts changed, such as the path of a copy to what it is a copy of. */
export function renamedError(error: UserError, rename: (text: string) => string): UserError {
  return new UserError(error.code, rename(error.message), {
    cause: error,
    problems: error.problems.map((problem) => renamedProblem(problem, rename)),
    ...(error.next !== undefined && { next: rename(error.next) }),
  });
}
