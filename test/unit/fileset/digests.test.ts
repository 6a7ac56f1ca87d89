import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from '../../../generator/src/files/digest.ts';
import { formatDigests, parseDigests } from '../../../generator/src/fileset/digests.ts';

test('a list names each file with its digest, sorted by path', () => {
  const list = formatDigests(
    new Map([
      ['b/a', Buffer.from('x')],
      ['a', Buffer.from('')],
    ]),
  );
  expect(list).toBe(
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a\n' +
      '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881  b/a\n',
  );
});

test('a list is read as it was written', () => {
  const path = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((text) => !/[\p{Cc}\u2028\u2029]/u.test(text));
  fc.assert(
    fc.property(fc.dictionary(path, fc.uint8Array()), (files) => {
      const set = new Map(Object.entries(files));
      const expected = [...set].map(([name, content]) => [name, new Set([sha256(content)])]);
      expect(parseDigests(formatDigests(set))).toEqual(
        new Map(expected as [string, Set<string>][]),
      );
    }),
  );
});

test('a path that is listed twice has both digests, other lines name nothing', () => {
  const [first, second] = ['a'.repeat(64), 'b'.repeat(64)];
  const list = `${first}  x\n<<<<<<< ours\n${second} *x\n${'a'.repeat(63)}  y\n`;
  expect(parseDigests(list)).toEqual(new Map([['x', new Set([first, second])]]));
});
