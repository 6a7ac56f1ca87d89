import { expect, test } from 'vitest';
import { parseVersion } from '../../../generator/src/archive/version.ts';
import { parseVersionRange } from '../../../generator/src/dependencies/version-range.ts';
import { endsSoon } from '../../support/ends-soon.ts';

const VERSIONS = [
  ...['0.0.0', '0.0.3', '0.2.3', '0.2.9', '1.0.0', '1.2.3', '1.2.4', '1.3.0', '2.0.0-rc.1'],
  ...['2.0.0', '2.1.0'],
];

function versionsIn(range: string): string[] | undefined {
  const isIn = parseVersionRange(range);
  return isIn && VERSIONS.filter((text) => isIn(parseVersion(text) ?? expect.fail(text)));
}

// By Masterminds' semver 3.5.0; test/helm/dependencies.test.ts holds more of them to Helm itself.
test.each([
  ['1.2.3', ['1.2.3']],
  ['v1.2.3', ['1.2.3']],
  ['=1.2', ['1.2.3', '1.2.4']],
  ['1.x', ['1.0.0', '1.2.3', '1.2.4', '1.3.0']],
  ['~1.2.3', ['1.2.3', '1.2.4']],
  ['~> 1.2', ['1.2.3', '1.2.4']],
  ['^0', ['0.0.0', '0.0.3', '0.2.3', '0.2.9']],
  ['^0.2.3', ['0.2.3', '0.2.9']],
  ['^0.0.3', ['0.0.3']],
  ['^0.0', ['0.0.0', '0.0.3']],
  ['^*', ['0.0.0']],
  ['>1', ['2.0.0', '2.1.0']],
  ['>1.2', ['1.3.0', '2.0.0', '2.1.0']],
  ['=>1.3 , <2', ['1.3.0']],
  ['<=1.2', ['0.0.0', '0.0.3', '0.2.3', '0.2.9', '1.0.0', '1.2.3', '1.2.4']],
  ['<=0.2.3', ['0.0.0', '0.0.3', '0.2.3']],
  ['1.2.4 - 2.0', ['1.2.4', '1.3.0', '2.0.0']],
  ['!=1.x >=1.3', ['2.0.0', '2.1.0']],
  ['!=1.2.x >=1.2 <2', ['1.3.0']],
  ['!=1.2.3 ~1.2', ['1.2.4']],
  ['0.0.3||>=2.1', ['0.0.3', '2.1.0']],
  ['>=2.0.0-0 <2.1', ['2.0.0-rc.1', '2.0.0']],
  ['2.0.0-rc.1', ['2.0.0-rc.1']],
  // A pre-release opens its own side of an `||` only.
  ['>=2 || ^3.0.0-0', ['2.0.0', '2.1.0']],
  ['1.2.3+build', ['1.2.3']],
  ['~0.0.0', VERSIONS.filter((version) => !version.includes('-'))],
  ['*', VERSIONS.filter((version) => !version.includes('-'))],
])('%s takes in %j', (range, expected) => {
  expect(versionsIn(range)).toEqual(expected);
});

test.each([
  ...['', ' ', 'latest', '1.2.3.4', '>', '==1', '1,,2', '1.0.0 2.0.0 ||', '1|2', '1.2.3-'],
  ...[
    '\u00A01',
    '1.2.3\v',
    `1${' '.repeat(600)}`,
    Array.from({ length: 33 }, () => '1').join('||'),
  ],
])('%j is no range', (range) => {
  expect(versionsIn(range)).toBeUndefined();
});

test('a long text does not take long', () => {
  for (const part of ['1 ', '1-', '1.', '- ', '1 - ', '>= ', '*'])
    endsSoon(() => versionsIn(part.repeat(512 / part.length - 1) + '!'));
});
