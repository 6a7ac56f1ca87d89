import { expect, test } from 'vitest';
import {
  parseReference,
  parseVersionReference,
  referencedEntries,
  requireListed,
} from '../../../../generator/src/repository/care/chart-reference.ts';
import { documentOf, listing } from './fixture.ts';

const document = documentOf(
  listing('demo', '1.10.0'),
  listing('demo', '1.0.0+2'),
  listing('demo', '1.0.0+1'),
  listing('spark', '1.0.0'),
);

test.each([
  ['demo', { chart: 'demo' }],
  ['demo@1.2.3', { chart: 'demo', version: '1.2.3' }],
  ['demo@', { chart: 'demo', version: '' }],
])('%s', (text, reference) => {
  expect(parseReference(text)).toEqual(reference);
});

test('a version has to be named where one is meant', () => {
  expect(() => parseVersionReference('demo')).toThrow(
    expect.objectContaining({ code: 'USAGE', message: 'demo names no version' }),
  );
});

test('a version means that version and no other', () => {
  const versionsOf = (text: string) =>
    referencedEntries(document, parseReference(text)).map(({ version }) => version);
  expect(versionsOf('demo@1.0.0+1')).toEqual(['1.0.0+1']);
  expect(versionsOf('demo@1.0.0')).toEqual([]);
  expect(versionsOf('demo')).toEqual(['1.10.0', '1.0.0+2', '1.0.0+1']);
  expect(versionsOf('constructor')).toEqual([]);
});

test('everything that is not listed is named, with what it may have been meant for', () => {
  const references = ['sparc', 'demo@1.10.1', 'demo', 'demo@1.10.0', 'other@1'].map(parseReference);
  expect(() => {
    requireListed(references, [document]);
  }).toThrow(
    expect.objectContaining({
      code: 'USAGE',
      problems: [
        { message: 'there is no chart "sparc"', file: 'index.yaml', hint: 'did you mean "spark"?' },
        {
          message: 'demo has no version "1.10.1"',
          file: 'index.yaml',
          hint: 'did you mean "1.10.0"?',
        },
        { message: 'there is no chart "other"', file: 'index.yaml' },
      ],
    }),
  );
});

test('one of several indexes is enough', () => {
  const other = documentOf(listing('other', '1.0.0'), listing('demo', '3.0.0'));
  expect(() => {
    requireListed(['other', 'demo@3.0.0', 'demo@1.10.0'].map(parseReference), [document, other]);
  }).not.toThrow();
});
