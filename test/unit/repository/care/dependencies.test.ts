import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../generator/src/model/types.ts';
import {
  brokenBy,
  dependenciesOf,
  neededBy,
  satisfying,
} from '../../../../generator/src/repository/care/dependencies.ts';
import { findEntries } from '../../../../generator/src/repository/index-file/entry.ts';
import type {
  IndexDocument,
  IndexedEntry,
} from '../../../../generator/src/repository/index-file/types.ts';
import { documentOf, listing } from './fixture.ts';

const REPOSITORY = 'https://example.com/charts';

function needs(
  name: string,
  version: string,
  repository: string = REPOSITORY,
): Record<string, Json> {
  return { dependencies: [{ name, repository, version }] };
}

function entryOf(document: IndexDocument, chart: string, version: string): IndexedEntry {
  const [entry] = findEntries(document, chart, version);
  if (!entry) throw new Error(`${chart} ${version} is not listed`);
  return entry;
}

describe('dependencies that come from a repository', () => {
  test('by whatever name it goes', () => {
    const dependencies = [
      { name: 'a', version: '^1', repository: REPOSITORY },
      { name: 'b', repository: '@ours' },
      { name: 'c', version: '1', repository: 'oci://example.com/charts' },
    ];
    expect(dependenciesOf({ dependencies })).toEqual([
      { name: 'a', range: '^1' },
      { name: 'b', range: '' },
      { name: 'c', range: '1' },
    ]);
  });

  test.each<[string, Json]>([
    ['in the archive', { dependencies: [{ name: 'a', version: '1', repository: '' }] }],
    ['of a folder', { dependencies: [{ name: 'a', version: '1', repository: 'file://../a' }] }],
    ['without a name', { dependencies: [{ repository: REPOSITORY }, null, 'a', [1]] }],
    ['that are no list', { dependencies: { name: 'a' } }],
    ['of no entry', null],
  ])('none of those %s', (_, data) => {
    expect(dependenciesOf(data)).toEqual([]);
  });
});

test.each([
  ['^1.0.0', ['1.2.0']],
  ['1.0.0', ['1.0.0']],
  ['1.0.0+b', ['1.0.0+b']],
  ['', ['2.0.0']],
  ['>=2.0.0-0', ['2.1.0-rc.1']],
  ['^3', []],
  ['no range', []],
])('%s takes what Helm would take', (range, versions) => {
  const all = ['2.1.0-rc.1', '2.0.0', '1.0.0', '1.2.0', '1.0.0+b', 'odd'];
  const { charts } = documentOf(...all.map((version) => listing('demo', version)));
  const found = satisfying(charts.get('demo') ?? [], range);
  expect(found.map(({ version }) => version)).toEqual(versions);
});

test('what is needed has needs of its own, circles among them', () => {
  const document = documentOf(
    listing('app', '1.0.0', needs('base', '^1')),
    listing('base', '1.1.0', needs('core', '2.0.0')),
    listing('base', '1.0.0'),
    listing('core', '2.0.0', needs('app', '1.0.0')),
  );
  const app = entryOf(document, 'app', '1.0.0');
  const needed = neededBy([app], document);
  const base = entryOf(document, 'base', '1.1.0');
  expect([...needed]).toEqual([
    [base, app],
    [entryOf(document, 'core', '2.0.0'), base],
  ]);
});

test('charts called like parts of objects are looked for among charts', () => {
  const document = documentOf(
    listing('app', '1.0.0', needs('constructor', '*')),
    listing('__proto__', '1.0.0', needs('toString', '*')),
  );
  expect(neededBy([...document.charts.values()].flat(), document).size).toBe(0);
});

test('a dependency is broken where nothing else satisfies it', () => {
  const document = documentOf(
    listing('app', '1.0.0', needs('base', '^1')),
    listing('app', '2.0.0', needs('base', '1.1.0')),
    listing('base', '1.1.0'),
    listing('base', '1.0.0'),
  );
  const removed = new Set([entryOf(document, 'base', '1.1.0')]);
  const by = entryOf(document, 'app', '2.0.0');
  expect(brokenBy(removed, document)).toEqual([{ name: 'base', range: '1.1.0', by: [by] }]);
  expect(brokenBy(new Set([...removed, by]), document)).toEqual([]);
});
