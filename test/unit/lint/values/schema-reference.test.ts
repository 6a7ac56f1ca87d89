import { expect, test } from 'vitest';
import { targetOf } from '../../../../generator/src/lint/values/schema-reference.ts';

const ROOT = { $defs: { 'a/b': { c: [1, 2] }, 'x y': 3, '50%': 4, '~1': 5 } };

test.each([
  ['#', ROOT],
  ['#/$defs/a~1b/c/1', 2],
  // The fragment is decoded first, so this is a separator (RFC 6901, section 6).
  ['#/%24defs%2Fx%20y', 3],
  ['#/$defs/50%', 4],
  ['#/$defs/~01', 5],
  ['#/$defs/toString', undefined],
  ['#anchor', undefined],
  ['other.json#/$defs', undefined],
])('%s', (reference, target) => {
  expect(targetOf(ROOT, reference)).toEqual(target);
});
