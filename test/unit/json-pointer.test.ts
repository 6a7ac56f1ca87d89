import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pointerKeys } from '../../generator/src/json-pointer.ts';

// The examples of RFC 6901, section 5.
test.each([
  ['', []],
  ['/foo/0', ['foo', '0']],
  ['/', ['']],
  ['/a~1b', ['a/b']],
  ['/m~0n', ['m~n']],
  ['/~01', ['~1']],
  ['/c%d', ['c%d']],
])('%j leads to %j', (pointer, keys) => {
  expect(pointerKeys(pointer)).toEqual(keys);
});

test('keys of any kind come back', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (keys) => {
      const tokens = keys.map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1'));
      expect(pointerKeys(tokens.map((token) => `/${token}`).join(''))).toEqual(keys);
    }),
  );
});
