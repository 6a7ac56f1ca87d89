import { type Problem, UserError } from './errors.ts';

function problemsOf({ message, problems, next }: UserError): readonly Problem[] {
  if (problems.length > 0) return problems;
  return [{ message, ...(next !== undefined && { hint: next }) }];
}

/**
 * Does something with each item, one after the other. What fails keeps nothing else from being
 * tried, and all of it is told together, with the code of the first failure.
 * @param failed what to say of several failures, `2 of 3 charts cannot be packed`.
 * @throws UserError the only failure, or all of them as one.
 */
export async function attemptAll<T, R>(
  items: readonly T[],
  attempt: (item: T) => Promise<R>,
  failed: (failures: number) => string,
): Promise<R[]> {
  const results: R[] = [];
  const failures: UserError[] = [];
  for (const item of items) {
    try {
      results.push(await attempt(item));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failures.push(error);
    }
  }
  const [first, ...others] = failures;
  if (first === undefined) return results;
  if (others.length === 0) throw first;
  const { code, next } = first;
  throw new UserError(code, failed(failures.length), {
    problems: failures.flatMap(problemsOf),
    ...(next !== undefined && { next }),
  });
}
