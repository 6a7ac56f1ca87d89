import { expect, test } from 'vitest';
import { attemptAll } from '../../generator/src/attempt-all.ts';
import { UserError } from '../../generator/src/errors.ts';

function attempt(failures: Record<string, UserError>) {
  const tried: string[] = [];
  const result = attemptAll(
    ['a', 'b', 'c'],
    (item) => {
      tried.push(item);
      const failure = failures[item];
      return failure ? Promise.reject(failure) : Promise.resolve(item.toUpperCase());
    },
    (count) => `${count} failed`,
  );
  return { tried, result };
}

test('results come in the order of the items', async () => {
  await expect(attempt({}).result).resolves.toEqual(['A', 'B', 'C']);
});

test('the only failure is told as it is, after all have been tried', async () => {
  const error = new UserError('USAGE', 'no');
  const { tried, result } = attempt({ a: error });
  await expect(result).rejects.toBe(error);
  expect(tried).toEqual(['a', 'b', 'c']);
});

test('several failures are told as one, with the code and the advice of the first', async () => {
  const problems = [{ message: 'x', file: 'x' }];
  const { result } = attempt({
    a: new UserError('CHART_INVALID', 'first', { problems, next: 'mend it' }),
    c: new UserError('NETWORK', 'second', { next: 'try again' }),
  });
  await expect(result).rejects.toMatchObject({
    code: 'CHART_INVALID',
    message: '2 failed',
    problems: [...problems, { message: 'second', hint: 'try again' }],
    next: 'mend it',
  });
});

test('a bug is not hidden', async () => {
  const bug = new TypeError('oh');
  await expect(attemptAll([1], () => Promise.reject(bug), String)).rejects.toBe(bug);
});
