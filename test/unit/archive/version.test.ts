import fc from 'fast-check';
import { compare } from 'semver';
import { expect, test } from 'vitest';
import { parseVersion, sortNewestFirst } from '../../../generator/src/archive/version.ts';

test.each([
  ['1.2.3', '1.2.3'],
  ['v1.2', '1.2.0'],
  ['1', '1.0.0'],
  ['0.46.00', '0.46.0'],
  ['1.2-rc.1+b.2', '1.2.0-rc.1'],
  ['1.0.0-', undefined],
  ['1.0.0-01', undefined],
  ['1.0.0-a..b', undefined],
  ['1.0.0+', undefined],
  ['V1.0.0', undefined],
  [' 1.0.0', undefined],
  ['1.0.0.0', undefined],
  ['latest', undefined],
  ['', undefined],
  [`1.0.0-${'a'.repeat(300)}`, undefined],
])('%s is %s to Helm', (text, expected) => {
  expect(parseVersion(text)?.version).toBe(expected);
});

const version = fc
  .tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.constantFrom('', '-rc.1', '-rc.2', '-1', '+1', '+2'))
  .map(([major, minor, patch, rest]) => `${major}.${minor}.${patch}${rest}`);

test('versions stand newest first, whatever order they come in', () => {
  fc.assert(
    fc.property(fc.uniqueArray(version), fc.infiniteStream(fc.nat()), (versions, keys) => {
      const shuffled = versions
        .map((text) => ({ text, key: keys.next().value as number }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ text }) => text);
      const sorted = sortNewestFirst(shuffled, (text) => text);
      expect(sorted).toEqual(sortNewestFirst(versions, (text) => text));
      for (const [index, text] of sorted.slice(1).entries())
        expect(compare(sorted[index] ?? '', text)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('what is no version stands last', () => {
  expect(sortNewestFirst(['latest', '1.0.0', 'v2', 'edge'], (text) => text)).toEqual([
    'v2',
    '1.0.0',
    'latest',
    'edge',
  ]);
});
