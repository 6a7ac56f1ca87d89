import { expect, test } from 'vitest';
import { matchesGlob } from '../../../generator/src/lint/glob.ts';

test.each([
  ['templates/a/b.yaml', 'templates/*', true],
  ['abc', 'a*b*c', true],
  ['ac', 'a*c', true],
  ['a', 'a', true],
  ['a*', 'a*', true],
  ['', '*', true],
  ['ab', 'a', false],
  ['aba', 'ab*ba', false],
  ['ab', 'a*b*b', false],
  ['a.b', 'a?b', false],
])('%j is like %j: %s', (text, pattern, expected) => {
  expect(matchesGlob(text, pattern)).toBe(expected);
});
