import { expect, test } from 'vitest';
import { didYouMean, editDistance, nearest } from '../../generator/src/nearest.ts';

test.each([
  ['', 'abc', 3],
  ['abc', 'abc', 0],
  ['defualt', 'default', 1],
  ['Memory', 'memory', 0],
  ['replica', 'replicas', 1],
  ['kitten', 'sitting', 3],
])('distance of %j and %j', (left, right, expected) => {
  expect(editDistance(left, right)).toBe(expected);
  expect(editDistance(right, left)).toBe(expected);
});

test('the nearest candidate, when it is near enough', () => {
  expect(nearest('descripton', ['default', 'description'])).toBe('description');
  expect(nearest('a', ['b', 'c'])).toBe('b');
  expect(nearest('replicas', ['resources', 'image'])).toBeUndefined();
  expect(didYouMean('tpye', ['type'])).toBe('did you mean "type"?');
  expect(didYouMean('x', [])).toBeUndefined();
});
