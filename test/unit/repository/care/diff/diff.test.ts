import { expect, test } from 'vitest';
import type { Json } from '../../../../../generator/src/model/types.ts';
import { plain } from '../../../../../generator/src/excerpt.ts';
import {
  diffRepositories,
  type RepositoryDiff,
} from '../../../../../generator/src/repository/care/diff/diff.ts';
import { formatRepositoryDiff } from '../../../../../generator/src/repository/care/diff/format.ts';
import { readIndex } from '../../../../../generator/src/repository/index-file/document.ts';
import { checked, documentOf, listing, readableIndexes } from '../fixture.ts';

const NOTHING: RepositoryDiff = {
  bytesChanged: [],
  removed: [],
  retired: [],
  restored: [],
  added: [],
  fieldsChanged: [],
  newestChanged: [],
  headChanged: [],
  problems: [],
};
const OLD = [listing('demo', '1.1.0'), listing('demo', '1.0.0')];
const DIGESTS = ['a', 'b'].map((letter) => letter.repeat(64));

function diff(before: readonly Json[], after: readonly Json[]): RepositoryDiff {
  return diffRepositories(checked(before), checked(after));
}

test.each(readableIndexes())('%s is the same as itself', (name, bytes) => {
  const state = readIndex(bytes, name);
  expect(diffRepositories(state, readIndex(bytes, 'other.yaml'))).toEqual(NOTHING);
  expect(formatRepositoryDiff(NOTHING, plain)).toBe('The two are the same.');
});

test('versions come and go, and the newest with them', () => {
  const after = [listing('demo', '1.2.0'), listing('demo', '1.1.0'), listing('new', '1.0.0-rc.1')];
  expect(diff(OLD, after)).toEqual({
    ...NOTHING,
    removed: [{ name: 'demo', version: '1.0.0' }],
    added: [
      { name: 'demo', version: '1.2.0' },
      { name: 'new', version: '1.0.0-rc.1' },
    ],
    newestChanged: [{ name: 'demo', before: '1.1.0', after: '1.2.0' }],
  });
  expect(diff(OLD, []).newestChanged).toEqual([{ name: 'demo', before: '1.1.0' }]);
});

test('a version under which there are other bytes', () => {
  const [before = '', after = ''] = DIGESTS;
  const change = diff(
    [listing('demo', '1.0.0', { digest: before })],
    [listing('demo', '1.0.0', { digest: `sha256:${after}` })],
  );
  const version = { name: 'demo', version: '1.0.0' };
  expect(change).toEqual({
    ...NOTHING,
    bytesChanged: [{ ...version, before: [before], after: [after] }],
  });
  expect(formatRepositoryDiff(change, plain)).toContain(
    `Other bytes under the same version (1)\n  demo 1.0.0: sha256:${before} → sha256:${after}`,
  );
});

test('the same digest written otherwise is the same', () => {
  const [digest = ''] = DIGESTS;
  const change = diff(
    [listing('demo', '1.0.0', { digest })],
    [listing('demo', '1.0.0', { digest: `sha256:${digest.toUpperCase()}` })],
  );
  expect(change).toEqual(NOTHING);
});

test('a version that is listed twice is compared as a whole', () => {
  const [one = '', two = ''] = DIGESTS;
  const [first, second] = DIGESTS.map((digest) => listing('demo', '1.0.0', { digest }));
  const { bytesChanged } = diff([first ?? null], [first ?? null, second ?? null]);
  expect(bytesChanged).toEqual([
    { name: 'demo', version: '1.0.0', before: [one], after: [one, two] },
  ]);
});

test('fields that changed, with what they were and are', () => {
  const change = diff(
    [listing('demo', '1.0.0', { home: 'https://a' })],
    [listing('demo', '1.0.0', { created: '2027-01-01T00:00:00Z', deprecated: true })],
  );
  expect(change.fieldsChanged).toEqual([
    {
      name: 'demo',
      version: '1.0.0',
      fields: [
        { field: 'created', before: '2026-01-02T03:04:05Z', after: '2027-01-01T00:00:00Z' },
        { field: 'home', before: 'https://a' },
        { field: 'deprecated', after: true },
      ],
    },
  ]);
  expect(formatRepositoryDiff(change, plain)).toContain('home: "https://a" → (none), deprecated');
});

test('the order of fields and entries is no difference', () => {
  const reordered = OLD.map((entry) =>
    Object.fromEntries(Object.entries(entry as Record<string, Json>).toReversed()),
  );
  expect(diff(OLD, reordered.toReversed())).toEqual(NOTHING);
});

test('an alias is what it stands for, wherever that stands', () => {
  const text = (home: string) =>
    `apiVersion: v1\nannotations: { home: &home ${home} }\nentries:\n  demo:\n  - name: demo\n    version: 1.0.0\n    urls: [a.tgz]\n    home: *home\n`;
  const [before, after] = ['a', 'b'].map((home) =>
    readIndex(Buffer.from(text(home)), 'index.yaml'),
  );
  if (!before || !after) throw new Error('two indexes were read');
  expect(diffRepositories(before, after).fieldsChanged).toMatchObject([
    { fields: [{ field: 'home', before: 'a', after: 'b' }] },
  ]);
});

test('what is retired is not removed, what comes back is not added', () => {
  const [newer = null, older = null] = OLD;
  const before = { ...checked([newer]), retired: documentOf(older) };
  const after = { ...checked([older]), retired: documentOf(newer) };
  expect(diffRepositories(before, after)).toEqual({
    ...NOTHING,
    retired: [{ name: 'demo', version: '1.1.0' }],
    restored: [{ name: 'demo', version: '1.0.0' }],
    newestChanged: [{ name: 'demo', before: '1.1.0', after: '1.0.0' }],
  });
});

test('the head, and problems that were not there', () => {
  const odd = listing('demo', 'odd');
  const before = checked([...OLD, odd], { generated: '2026-01-01T00:00:00Z' });
  const after = checked([listing('demo', '1.2.0'), ...OLD, odd, listing('demo', 'odder')]);
  const { headChanged, problems } = diffRepositories(before, after);
  expect(headChanged).toEqual([{ field: 'generated', before: '2026-01-01T00:00:00Z' }]);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.message).toContain('odder');
});

test('charts called like parts of objects, and terminal escapes', () => {
  const change = diff(
    [],
    [listing('__proto__', '1.0.0'), listing('constructor', '1.0.0\u001b[2J')],
  );
  expect(change.added.map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
  expect(formatRepositoryDiff(change, plain)).not.toContain('\u001b');
});
