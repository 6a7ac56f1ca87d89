import { dump, load, YAML11_SCHEMA } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import {
  parseIndex,
  serialiseIndex,
  versionOf,
} from '../../../../generator/src/repository/index-file/index-file.ts';
import { entry, indexOf, ODD_TEXTS, publicIndexes } from '../fixture.ts';

const INDEXES = publicIndexes();
const READABLE = [...INDEXES.keys()].filter((name) => !name.includes('unversioned'));

describe.skipIf(INDEXES.size === 0)('public indexes', () => {
  test.each(READABLE)('%s is the same data after it was written', (name) => {
    const { index } = parseIndex(INDEXES.get(name) ?? '', name);
    expect(index.entries.size).toBeGreaterThan(0);
    expect(parseIndex(serialiseIndex(index), name).index).toEqual({
      ...index,
      entries: new Map([...index.entries].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    });
  });

  test('an index of Helm itself is the same text after it was written', () => {
    const text = INDEXES.get('kubeflow-spark-operator.yaml') ?? '';
    expect(serialiseIndex(parseIndex(text, 'x').index)).toBe(text);
  });

  test('an index of the time before versions is refused', () => {
    const text = INDEXES.get('helm-helm-unversioned.yaml') ?? '';
    expect(() => parseIndex(text, 'x')).toThrow(expect.objectContaining({ code: 'INDEX_INVALID' }));
  });

  test('versions that are listed twice are reported', () => {
    const { problems } = parseIndex(INDEXES.get('grafana-helm-charts.yaml') ?? '', 'x');
    expect(problems.map(({ message }) => message)).toEqual([
      'version "0.2.6-beta.2" is listed before, Helm takes either',
      'version "5.6.0-weekly.314" is listed before, Helm takes either',
    ]);
  });
});

test('text that looks like something else stays the text it is', () => {
  const text = `apiVersion: v1
entries:
  demo:
  - { apiVersion: v2, name: demo, version: 1.10, appVersion: 0x1f, created: 2016-10-06T16:23:20Z, digest: 12e4567, urls: [a] }
`;
  const { index } = parseIndex(text, 'x');
  expect(index.entries.get('demo')).toEqual([
    expect.objectContaining({
      version: '1.10',
      appVersion: '0x1f',
      created: '2016-10-06T16:23:20Z',
      digest: '12e4567',
    }),
  ]);
});

test.each(ODD_TEXTS)('the text %s is quoted, so that Helm takes it for text', (appVersion) => {
  const written = serialiseIndex(indexOf({ demo: [entry('demo', '1.0.0', { appVersion })] }));
  expect(written).toMatch(/appVersion: (["']).+\1\n/);
  // What quotes are for here: another reader with other rules sees text as well.
  expect(load(written, { schema: YAML11_SCHEMA })).toMatchObject({
    entries: { demo: [{ appVersion }] },
  });
});

test('names of the language are plain names', () => {
  const text = `apiVersion: v1
entries:
  __proto__: [{ name: __proto__, version: 1.0.0, urls: [a] }]
  constructor: [{ name: constructor, version: 1.0.0, urls: [a] }]
`;
  const { index, problems } = parseIndex(text, 'x');
  expect(problems).toEqual([]);
  expect([...index.entries.keys()]).toEqual(['__proto__', 'constructor']);
  const again = parseIndex(serialiseIndex(index), 'x').index;
  expect(again.entries.get('__proto__')?.map(versionOf)).toEqual(['1.0.0']);
  expect(Object.prototype).not.toHaveProperty('name');
});

test('whatever is wrong in an index is reported and kept', () => {
  const document = {
    apiVersion: 'v1',
    mystery: { a: 'b' },
    entries: {
      demo: [
        null,
        'text',
        entry('demo', '1.0.0', { colour: 'red' }),
        entry('demo', 'latest'),
        entry('other', '2.0.0'),
        { name: 'demo', version: '3.0.0' },
        { name: 'demo', urls: ['a'] },
        entry('demo', '1.0.0'),
      ],
      empty: null,
    },
  };
  const { index, problems } = parseIndex(dump(document), 'i.yaml');
  expect(problems.map(({ path, message }) => `${path ?? ''}: ${message}`)).toMatchInlineSnapshot(`
    [
      "mystery: unknown field, Helm refuses the whole index",
      "entries.demo[0]: not an entry, Helm passes over it",
      "entries.demo[1]: not an entry, Helm passes over it",
      "entries.demo[2]: colour: unknown field, Helm refuses the whole index",
      "entries.demo[3]: "latest" is not a version, Helm passes over it",
      "entries.demo[4]: its name is "other"",
      "entries.demo[5]: it has no urls, Helm cannot fetch it",
      "entries.demo[6]: it has no version, Helm passes over it",
      "entries.demo[7]: version "1.0.0" is listed before, Helm takes either",
    ]
  `);
  expect(load(serialiseIndex(index))).toEqual({
    ...document,
    entries: { ...document.entries, empty: [] },
  });
});

test.each([
  ['nothing', ''],
  ['a list', '- a'],
  ['no apiVersion', 'entries: {}'],
  ['an empty apiVersion', 'apiVersion: ""'],
  ['entries in a list', 'apiVersion: v1\nentries: []'],
  ['a chart that is no list', 'apiVersion: v1\nentries: { a: {} }'],
  ['a key twice', 'apiVersion: v1\nentries: {}\nentries: {}'],
  ['what is not YAML', 'apiVersion: v1\nentries: {'],
  ['nesting without end', `apiVersion: v1\nentries: ${'['.repeat(10_000)}`],
])('%s is no index', (_, text) => {
  expect(() => parseIndex(text, 'i.yaml')).toThrow(
    expect.objectContaining({
      code: 'INDEX_INVALID',
      problems: [expect.objectContaining({ file: 'i.yaml' })],
    }),
  );
});

test('aliases stay aliases, however much they stand for', () => {
  const levels = Array.from({ length: 30 }, (_, i) => `l${i + 1}: &l${i + 1} [*l${i}, *l${i}]`);
  const text = `apiVersion: v1\nentries: {}\nl0: &l0 [x]\n${levels.join('\n')}\n`;
  expect(serialiseIndex(parseIndex(text, 'x').index).length).toBeLessThan(5000);
});
