import { expect, test } from 'vitest';
import { filesOfEntry } from '../../../../generator/src/repository/index-file/named-files.ts';
import type { IndexedEntry } from '../../../../generator/src/repository/index-file/types.ts';

const entryOf = (...urls: string[]): IndexedEntry => ({
  chart: 'demo',
  position: 0,
  range: { start: 0, end: 0 },
  version: '1.0.0',
  digest: undefined,
  urls,
  data: null,
});

test.each([
  ['demo.tgz', ['demo.tgz']],
  ['./demo.tgz', ['demo.tgz']],
  ['sub/a%20b%2B1.tgz?token=x#y', ['sub/a b+1.tgz']],
  ['https://example.com/demo.tgz', ['demo.tgz']],
  ['https://example.com/a/charts/demo.tgz?b=c/d.tgz', ['demo.tgz', 'charts/demo.tgz']],
  ['/charts/demo.tgz', ['demo.tgz', 'charts/demo.tgz']],
  ['100%.tgz', []],
])('%s names %j', (url, files) => {
  expect(filesOfEntry(entryOf(url), '')).toEqual(files);
});

test('the retired index names files from its own folder', () => {
  const entry = entryOf('../demo.tgz', 'old.tgz', 'https://example.com/demo-2.tgz');
  expect(filesOfEntry(entry, 'archive')).toEqual(
    expect.arrayContaining(['demo.tgz', 'archive/old.tgz', 'demo-2.tgz']),
  );
});
