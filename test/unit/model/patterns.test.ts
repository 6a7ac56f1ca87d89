import { describe, expect, it } from 'vitest';
import { patternMistake } from '../../../generator/src/model/patterns.ts';

describe('patternMistake', () => {
  it.each([
    '^[a-z]+$',
    '^(sha256:[0-9a-f]{64})?$',
    String.raw`^\(?=\\1`,
    '[(?=]',
    '(?:a|b)',
    '(?<name>a)',
    String.raw`[\]^]\.`,
  ])('takes %s', (pattern) => {
    expect(patternMistake(pattern)).toBeUndefined();
  });

  it.each([
    ['(a', /unterminated group/i],
    ['a(?=b)', /look-ahead/],
    ['(?!a)', /look-ahead/],
    ['(?<=a)b', /look-behind/],
    ['(?<!a)b', /look-behind/],
    [String.raw`(a)\1`, /references/],
    [String.raw`(?<n>a)\k<n>`, /references/],
    ['[^]', /empty character class/],
    [String.raw`\u0041`, /write the character/],
    [String.raw`[\u0041]`, /write the character/],
  ])('refuses %s', (pattern, message) => {
    expect(patternMistake(pattern)).toMatch(message);
  });
});
