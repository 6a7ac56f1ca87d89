import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { type Dependency, readLock } from '../../../generator/src/archive/lock.ts';
import { formatLock, lockDigest } from '../../../generator/src/dependencies/lock.ts';

const LOCKED = { name: 'redis', version: '1.2.3', repository: 'https://e.com/charts' };

// Digests that Helm itself wrote.
test.each<[string, Dependency, string]>([
  [
    'a range with comparisons, which Go escapes',
    { ...LOCKED, version: '>=1.0.0 <2', condition: 'redis.enabled' },
    '8c90d85b165764298a3f1e4751c33a58ad3a9970fe59117a0f1e1e6b9c42a2f6',
  ],
])('%s', (_, required, digest) => {
  expect(lockDigest([required], [LOCKED])).toBe(`sha256:${digest}`);
});

test('the order of fields does not matter, the order of dependencies does', () => {
  const other = { ...LOCKED, name: 'other' };
  const digest = lockDigest([LOCKED, other], [LOCKED, other]);
  const reversed = Object.fromEntries(Object.entries(LOCKED).toReversed()) as Dependency & object;
  expect(lockDigest([reversed, other], [LOCKED, other])).toBe(digest);
  expect(lockDigest([other, LOCKED], [other, LOCKED])).not.toBe(digest);
});

test('what is written is read again', () => {
  const odd = { name: 'yes', version: '1.0', repository: 'https://e.com/#: "x"' };
  const lock = { dependencies: [LOCKED, odd], digest: 'sha256:00' };
  const text = formatLock(lock, new Date('2026-01-02T03:04:05.678Z'));
  expect(readLock(Buffer.from(text), 'Chart.lock')).toEqual(lock);
  expect(load(text)).toMatchObject({ generated: '2026-01-02T03:04:05Z' });
});

test('a file of comments is an empty lock, and what is no lock is named with its file', () => {
  expect(readLock(Buffer.from('# nothing\n'), 'Chart.lock')).toEqual({
    dependencies: [],
    digest: '',
  });
  for (const text of ['- a', 'dependencies: 1', 'dependencies: [1]', 'a: [', 'digest: {}'])
    expect(() => readLock(Buffer.from(text), 'demo/Chart.lock')).toThrow(
      expect.objectContaining({
        code: 'CHART_INVALID',
        problems: [expect.objectContaining({ file: 'demo/Chart.lock' })],
      }),
    );
});
