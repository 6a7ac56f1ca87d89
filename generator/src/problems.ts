import type { Problem } from './errors.ts';

/** Each problem once: a mistake in what is shared is found wherever it is used. */
export function uniqueProblems(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
