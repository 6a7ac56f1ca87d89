import { expect, test } from 'vitest';
import { sourceDate } from '../../../generator/src/archive/source-date.ts';

test.each([
  ['', undefined],
  ['0', '1970-01-01T00:00:00.000Z'],
  ['1700000000', '2023-11-14T22:13:20.000Z'],
  ['8589934591', '2242-03-16T12:56:31.000Z'],
])('%j is %s', (value, date) => {
  expect(sourceDate(value)?.toISOString()).toBe(date);
});

// A tar header has no room for the last ones, and Helm reads no year above 9999.
test.each(['1.5', '-1', 'now', '8589934592', '253402300800', '9'.repeat(400)])(
  '%s is refused',
  (value) => {
    expect(() => sourceDate(value)).toThrow(expect.objectContaining({ code: 'USAGE' }));
  },
);
