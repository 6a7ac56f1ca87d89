import { describe, expect, it } from 'vitest';
import { carefulMatcher, matchKnown } from '../../../generator/src/kubernetes/pattern.ts';

describe.each([
  ['matchKnown', matchKnown],
  ['carefulMatcher', carefulMatcher()],
])('%s', (_, matches) => {
  it.each<[string, string[], string[]]>([
    ['^a$', ['a'], ['b', 'a\n']],
    ['^a\\-b\\_$', ['a-b_'], ['a']],
    ['^.$', ['😀'], ['ab']],
    ['\\Aa\\z', ['a'], ['ba', 'ab']],
    ['^(?i)(on|off)$', ['on', 'OFF'], ['no']],
    ['^((?i)a)b$', ['ab', 'Ab'], ['b']],
  ])('reads %s as Go does', (pattern, right, wrong) => {
    expect(right.filter((text) => matches(pattern, text) !== true)).toEqual([]);
    expect(wrong.filter((text) => matches(pattern, text) !== false)).toEqual([]);
  });

  it.each(['^[[:alpha:]]+$', '^\\pL$', '^\\p{Greek}$', '^(?s).$', '(', '^\\Q.\\E$'])(
    'passes over %s',
    (pattern) => {
      expect(matches(pattern, 'any text')).toBe(true);
    },
  );
});
