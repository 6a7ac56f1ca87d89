import { expect, test } from 'vitest';
import type { Json } from '../../../../generator/src/model/types.ts';
import { gain, lose } from '../../../../generator/src/repository/care/move-entries.ts';
import { retiredUrl } from '../../../../generator/src/repository/retired-index.ts';
import { documentOf, listing } from './fixture.ts';

const CONVERSION = { url: retiredUrl };

function demo(digest: string, more: Record<string, Json> = {}): Json {
  return listing('demo', '1.0.0', { digest, ...more });
}

function undigested(url: string): Json {
  const fields = Object.entries(listing('demo', '1.0.0', { urls: [url] }) as Record<string, Json>);
  return Object.fromEntries(fields.filter(([field]) => field !== 'digest'));
}

function all(document: ReturnType<typeof documentOf>) {
  return [...document.charts.values()].flat();
}

test('the same bytes are not added twice, other bytes of the same version are', () => {
  const [same, other] = ['a', 'b'].map((letter) => letter.repeat(64));
  const source = documentOf(demo(same ?? ''), demo(other ?? ''));
  const target = documentOf(demo(same ?? '', { description: 'marked' }));
  expect(gain(target, all(source), CONVERSION)).toEqual([
    { kind: 'add', chart: 'demo', entry: demo(other ?? '', { urls: ['../demo-1.0.0.tgz'] }) },
  ]);
});

test('without digests entries of one version are told apart by their urls', () => {
  const source = documentOf(undigested('a.tgz'), undigested('b.tgz'));
  const target = documentOf(undigested('../a.tgz'));
  expect(gain(target, all(source), CONVERSION)).toMatchObject([
    { kind: 'add', entry: { urls: ['../b.tgz'] } },
  ]);
});

test('what another program has changed meanwhile stays', () => {
  const [before, after] = ['a', 'b'].map((letter) => documentOf(demo(letter.repeat(64))));
  if (!before || !after) throw new Error('two indexes were made');
  expect(lose(after, all(before))).toEqual([]);
  expect(lose(before, all(documentOf(demo('a'.repeat(64)))))).toEqual([
    { kind: 'remove', entry: all(before)[0] },
  ]);
});
