import { expect, test } from 'vitest';
import { BadPatternError, parseGlob } from '../../../generator/src/archive/glob.ts';
import { parseHelmIgnore } from '../../../generator/src/archive/helmignore.ts';

// What Helm 3.22 and 4.3 do; test/helm/archive.test.ts holds these rules to the real thing.
test.each([
  // [rules, path, is a folder, left out]
  ['', 'a.txt', false, false],
  ['# a.txt', 'a.txt', false, false],
  ['   a.txt  \r', 'a.txt', false, true],
  ['\u0085a.txt\u3000', 'a.txt', false, true],
  ['b\n\uFEFFa.txt', 'a.txt', false, false],
  ['\uFEFFa.txt', 'a.txt', false, true],
  ['a.txt', 'deep/a.txt', false, true],
  ['/a.txt', 'deep/a.txt', false, false],
  ['/a.txt', 'a.txt', false, true],
  ['deep/a.txt', 'deep/a.txt', false, true],
  ['deep/a.txt', 'very/deep/a.txt', false, false],
  ['*.txt', 'deep/a.txt', false, true],
  ['deep/*', 'deep/very/a.txt', false, false],
  ['a/', 'a', true, true],
  ['a/', 'a', false, false],
  ['!a.txt', 'a.txt', false, false],
  ['!a.txt', 'b.txt', false, true],
  ['b.txt\n!a.txt', 'b.txt', false, true],
  ['!a.txt\nb.txt', 'b.txt', false, true],
  ['!*.yaml\n!a*', 'b.yaml', false, true],
  ['!a/', 'a', false, true],
  ['a#b', 'a#b', false, true],
  ['', 'templates/.hidden', false, true],
  ['', 'templates/.', false, false],
  ['', '.hidden', false, false],
  ['[a-c].txt', 'b.txt', false, true],
  ['[^a-c].txt', 'b.txt', false, false],
  ['a?c', 'abc', false, true],
  ['a?c', 'a/c', false, false],
])('the rules %j and %s (folder: %s): left out %s', (rules, path, isFolder, expected) => {
  expect(parseHelmIgnore(rules, '.helmignore')(path, isFolder)).toBe(expected);
});

test('every rule that cannot be used is named with its line', () => {
  expect(() => parseHelmIgnore('fine\na/**\n\n[a-\n\\/\n', 'demo/.helmignore')).toThrow(
    expect.objectContaining({
      code: 'CHART_INVALID',
      problems: [
        { file: 'demo/.helmignore', line: 2, message: 'a/**: `**` is not supported by Helm' },
        { file: 'demo/.helmignore', line: 4, message: '[a-: malformed pattern' },
        { file: 'demo/.helmignore', line: 5, message: '\\/: malformed pattern' },
      ],
    }),
  );
});

test.each([
  ['a*/b', 'a/c/b', false],
  ['a*b', 'axxb', true],
  ['a[\\-x]', 'a-', true],
  ['[\\]a]', ']', true],
  ['[x\\-]', '-', true],
  ['[c-a]', 'b', false],
  ['[^c-a]', 'b', true],
  ['a\\*', 'a*', true],
  ['a\\*', 'ab', false],
  ['[a/]b', '/b', true],
  // The first star takes nothing, and Go does not come back to it.
  ['*[^a]*', 'files/a', false],
  ['*[^a]', '/', true],
  [`${'*a'.repeat(100)}b`, 'a'.repeat(250), false],
  ['.$^(+){|}', '.$^(+){|}', true],
  ['ü?', 'üñ', true],
  ['?', '😀', true],
])('the pattern %s and %s: %s, as Go has it', (pattern, text, expected) => {
  expect(parseGlob(pattern)(text)).toBe(expected);
});

test.each(['[', '[]a]', '[-]', '[x-]', '[-x]', '[a', '[a-', 'a\\', '[a-b-c]'])(
  'the pattern %s is malformed',
  (pattern) => {
    expect(() => parseGlob(pattern)).toThrow(BadPatternError);
  },
);

test.each(['//a', '!//a', '//a/', '///'])(
  '%s, which means one thing now and another then to Helm, is refused',
  (rule) => {
    expect(() => parseHelmIgnore(rule, '.helmignore')).toThrow(
      expect.objectContaining({ code: 'CHART_INVALID' }),
    );
  },
);
