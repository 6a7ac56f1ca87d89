import { isDeepStrictEqual } from 'node:util';
import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../../generator/src/errors.ts';
import type { Json } from '../../../../generator/src/model/types.ts';
import {
  emptyIndex,
  readIndex,
  trustIndex,
} from '../../../../generator/src/repository/index-file/document.ts';
import { editIndex } from '../../../../generator/src/repository/index-file/edit.ts';
import { dataOf, entry, publicIndexes } from '../fixture.ts';
import { endsSoon } from '../../../support/ends-soon.ts';

const INDEXES = publicIndexes();
const READABLE = [...INDEXES].filter(([name]) => !name.includes('unversioned'));
const read = (text: string) => readIndex(Buffer.from(text), 'i.yaml').document;

/** As a parser reads it that takes every scalar for text. */
function textsOf(value: Json): unknown {
  if (value === null || typeof value !== 'object') return String(value ?? '');
  if (Array.isArray(value)) return value.map(textsOf);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, textsOf(item)]));
}

describe.skipIf(INDEXES.size === 0)('public indexes', () => {
  test.each(READABLE)('%s: all of it is found, trusted or not', (name, bytes) => {
    const { document } = readIndex(bytes, name);
    const trusted = trustIndex(bytes, name);
    expect(dataOf(trusted)).toEqual(dataOf(document));
    const { entries } = load(bytes.toString(), { schema: FAILSAFE_SCHEMA }) as {
      entries: Record<string, { version: string; urls?: string[] }[]>;
    };
    const read = Object.fromEntries(dataOf(document));
    expect(isDeepStrictEqual(textsOf(read), entries)).toBe(true);
    for (const [chart, list] of document.charts)
      for (const [position, { version, urls }] of list.entries()) {
        const expected = entries[chart]?.[position];
        expect([version, urls]).toEqual([expected?.version, expected?.urls ?? []]);
      }
  });

  test.each(READABLE)('%s without edits is the same file', (name, bytes) => {
    expect(Buffer.from(editIndex(trustIndex(bytes, name), [])).equals(bytes)).toBe(true);
  });

  test('an index of the time before versions is refused', () => {
    const bytes = INDEXES.get('helm-helm-unversioned.yaml') ?? Buffer.of();
    expect(() => readIndex(bytes, 'x')).toThrow(expect.objectContaining({ code: 'INDEX_INVALID' }));
  });
});

test('text that looks like something else stays the text it is', () => {
  const fields =
    'apiVersion: v2, name: demo, version: 1.10, appVersion: 0x1f, created: 2016-10-06T16:23:20Z, digest: 12e4567, urls: [a]';
  for (const text of [`- { ${fields} }`, `- ${fields.replaceAll(', ', '\n    ')}`]) {
    const [found] = read(`apiVersion: v1\nentries:\n  demo:\n  ${text}\n`).charts.get('demo') ?? [];
    expect(found).toMatchObject({ version: '1.10', digest: '12e4567', urls: ['a'] });
    expect(found?.data).toMatchObject({ appVersion: '0x1f', created: '2016-10-06T16:23:20Z' });
  }
});

test.each([
  ['version: null', undefined],
  ['version: ~', undefined],
  ['version: true', undefined],
  ['version:', undefined],
  ['version: "1.0"', '1.0'],
  ["version: '1.0'", '1.0'],
  ['version: "\\x31"', '1'],
  ["version: 'it''s'", "it's"],
  ['version: 1.0 # text', '1.0'],
  ['version: 1.0#text', '1.0#text'],
  ['version: !!str 1', '1'],
  ['version: |\n      1.0', '1.0\n'],
  ['version:\n      1.0', '1.0'],
  ['version: 1\n      0', '1 0'],
  ['"version": 1.0', '1.0'],
  ['x: y\n# note\n    version: 1.0', '1.0'],
  ['version : 1.0', '1.0'],
  ['x: |\n      version: 2\n    version: 1.0', '1.0'],
  ['version: [1.0]', undefined],
  ['version: é', 'é'],
])('the version in %j is %j', (field, version) => {
  const text = `apiVersion: v1\nentries:\n  demo:\n  - urls: [a]\n    ${field}\n    digest: sha256:ab\n`;
  const found = read(text).charts.get('demo')?.[0];
  expect([found?.version, found?.digest, found?.urls]).toEqual([version, 'ab', ['a']]);
  const trusted = trustIndex(Buffer.from(text), 'x').charts.get('demo')?.[0];
  expect([trusted?.version, trusted?.data]).toEqual([version, found?.data]);
});

test.each([
  ['\n    - a\n    - "b"\n', ['a', 'b']],
  ['\n        - a # first\n\n        # second\n        - b\n', ['a', 'b']],
  ['\n    - a\n    # next\n    - b\n', ['a', 'b']],
  [' [a, b]\n', ['a', 'b']],
  ['\n    - a\n      b\n    - c\n', ['a b', 'c']],
  [' []\n', []],
  [' a\n', []],
  ['\n    - a\n    -\n    - 1\n', ['a', '1']],
])('the urls in %j are %j', (value, urls) => {
  const text = `apiVersion: v1\nentries:\n  demo:\n  - urls:${value}    digest: a\n    version: 1.0.0\n`;
  expect(read(text).charts.get('demo')?.[0]?.urls).toEqual(urls);
  expect(trustIndex(Buffer.from(text), 'x').charts.get('demo')?.[0]?.urls).toEqual(urls);
});

test('names of the language are plain names', () => {
  const text = `apiVersion: v1
entries:
  __proto__: [{ name: __proto__, version: 1.0.0, urls: [a] }]
  constructor: [{ name: constructor, version: 1.0.0, urls: [a], __proto__: { a: b } }]
`;
  const { document, problems } = readIndex(Buffer.from(text), 'x');
  expect([...document.charts.keys()]).toEqual(['__proto__', 'constructor']);
  expect(problems.map(({ path }) => path)).toEqual(['entries.constructor[0].__proto__']);
  expect(Object.prototype).not.toHaveProperty('name');
});

test.each([
  ['nothing', ''],
  ['white space', ' \n\n'],
  ['a list', '- a'],
  ['text', 'a'],
  ['null', 'null'],
  ['no apiVersion', 'entries: {}'],
  ['an empty apiVersion', 'apiVersion: ""'],
  ['entries in a list', 'apiVersion: v1\nentries: []'],
  ['a chart that is no list', 'apiVersion: v1\nentries: { a: {} }'],
  ['a key twice', 'apiVersion: v1\nentries: {}\nentries: {}'],
  ['a chart twice', 'apiVersion: v1\nentries:\n  a: []\n  a: []'],
  ['two documents', 'apiVersion: v1\n---\napiVersion: v1\n'],
  ['an alias of nothing', 'apiVersion: v1\nentries:\n  a:\n  - *b\n'],
  ['what is not YAML', 'apiVersion: v1\nentries: {'],
  ['nesting without end', `apiVersion: v1\nentries: ${'['.repeat(10_000)}`],
  ['nesting of JSON without end', `{"apiVersion":"v1","entries":${'['.repeat(100_000)}`],
])('%s is no index', (_, text) => {
  expect(() => read(text)).toThrow(
    expect.objectContaining({
      code: 'INDEX_INVALID',
      problems: [expect.objectContaining({ file: 'i.yaml' })],
    }),
  );
});

const BOMB = `apiVersion: v1\nl0: &l0 [x]\n${Array.from(
  { length: 30 },
  (_, i) => `l${i + 1}: &l${i + 1} [*l${i}, *l${i}]\n`,
).join('')}entries:\n  demo:\n  - version: 1.0.0\n    sources: *l30\n`;

test.each([
  ['spread over the file', BOMB],
  [
    'in one entry',
    BOMB.replace(
      /(l0:[^]*)(entries:.*\n.*\n)([^]*)/,
      (_, a: string, b: string) => `${b}  - ${a.replaceAll('\nl', '\n    l')}`,
    ),
  ],
])('aliases that stand for terabytes are refused at once: %s', (_, text) => {
  expect(() => endsSoon(() => read(text))).toThrow(
    expect.objectContaining({
      code: 'INDEX_INVALID',
      problems: [{ file: 'i.yaml', message: 'its aliases stand for more than 5000000 values' }],
    }),
  );
});

const SHARED = `apiVersion: v1
annotations: &notes { a: b }
entries:
  demo:
  - &new
    version: 2.0.0
    annotations: *notes
  - <<: *new
    version: 1.0.0
`;

test('entries that share parts are read, and edited where no part is lost', () => {
  const document = read(SHARED);
  const [newest, oldest] = document.charts.get('demo') ?? [];
  expect(oldest?.data).toEqual({ annotations: { a: 'b' }, version: '1.0.0' });
  const added = editIndex(document, [{ kind: 'add', chart: 'demo', entry: { version: '1.5.0' } }]);
  expect(Buffer.from(added).toString()).toBe(
    SHARED.replace('  - <<', '  - version: 1.5.0\n  - <<'),
  );
  if (!newest || !oldest) throw new Error('not found');
  expect(Buffer.from(editIndex(document, [{ kind: 'remove', entry: oldest }])).toString()).toBe(
    SHARED.slice(0, SHARED.indexOf('  - <<')),
  );
  expect(() => editIndex(document, [{ kind: 'remove', entry: newest }])).toThrow(
    expect.objectContaining({
      code: 'INDEX_INVALID',
      message: expect.stringContaining('refer') as string,
    }),
  );
});

const FORMS = [
  ['a key of its own', 'apiVersion: v1\nentries:\n  ? a\n  : - version: 1.0.0\n'],
  ['a tag', 'apiVersion: v1\nentries: !!map\n  a:\n  - version: 1.0.0\n'],
  ['a chart by alias', 'apiVersion: v1\nentries:\n  b: &b\n  - version: 1.0.0\n  a: *b\n'],
  ['an end', 'apiVersion: v1\nentries:\n  a:\n  - version: 1.0.0\n...\n'],
] as const;

test.each(FORMS)('an index with %s is read and not edited', (_, text) => {
  const document = read(text);
  expect(document.charts.get('a')?.map(({ version }) => version)).toEqual(['1.0.0']);
  const edits = [{ kind: 'add', chart: 'a', entry: entry('a', '2.0.0') }] as const;
  expect(() => editIndex(document, edits)).toThrow(
    expect.objectContaining({ code: 'INDEX_INVALID' }),
  );
});

/** Numbers that are the same in every run. */
function random(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const MADE = Buffer.from(`# ours
apiVersion: v1
entries:
  "a":
  - name: a
    description: |-
      text

      more
    urls:
    - a.tgz
    digest: ab
    version: 1.0.0

  # next
  - {name: a, version: 0.9.0, urls: [b.tgz]}
  b: [{name: b, version: 1.0.0}]
  c: &c
  - &d { name: c, version: 1.0.0, digest: ab }
  - <<: *d
    version: 0.1.0
    appVersion: 1.10
generated: "2026-01-02T03:04:05Z"
`);
const PIECES = [
  '\n',
  ' ',
  '  ',
  '- ',
  ':',
  '#',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ',',
  '|\n',
  '\t',
  '\r\n',
].concat(['&a ', '*a', '---\n', '? ', '<<: ', '\u0000', '\xff', 'entries:', '  - version: 1\n']);

/** Some bytes of a file lost, doubled, moved or replaced. */
function damage(bytes: Buffer, pick: (limit: number) => number): Buffer {
  let damaged = bytes;
  for (let count = 1 + pick(3); count > 0; count -= 1) {
    const [at, length] = [pick(damaged.length), pick(4) === 0 ? pick(200) : pick(3)];
    const piece = Buffer.from(PIECES[pick(PIECES.length)] ?? '', 'latin1');
    const moved = damaged.subarray(at, at + pick(60));
    const put = [piece, moved, Buffer.of(pick(256)), Buffer.of()][pick(4)] ?? piece;
    damaged = Buffer.concat([damaged.subarray(0, at), put, damaged.subarray(at + length)]);
  }
  return damaged;
}

const DAMAGES = 4000;

test('a damaged index is refused, or read as a parser reads it and edited without a loss', () => {
  const small = READABLE.map(([, bytes]) => bytes).filter(({ length }) => length < 60_000);
  const sources = [MADE, MADE, MADE, MADE, ...small];
  const added = entry('new', '1.0.0');
  let [refused, edited] = [0, 0];
  for (let seed = 0; seed < DAMAGES; seed += 1) {
    const pick = random(seed);
    const bytes = damage(sources[pick(sources.length)] ?? MADE, pick);
    try {
      const { document } = readIndex(bytes, 'i.yaml');
      const data = dataOf(document);
      if (!document.layout) continue;
      const chart = [...data.keys()][pick(data.size)] ?? 'new';
      const after = readIndex(
        editIndex(document, [{ kind: 'add', chart, entry: added }]),
        'i.yaml',
      );
      const entries = dataOf(after.document);
      const list = entries.get(chart) ?? [];
      const position = list.findIndex((item) => JSON.stringify(item) === JSON.stringify(added));
      expect(position, `seed ${seed}`).toBeGreaterThanOrEqual(0);
      list.splice(position, 1);
      if (!data.has(chart)) entries.delete(chart);
      expect(entries, `seed ${seed}`).toEqual(data);
      edited += 1;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      expect(error.code, `seed ${seed}`).toBe('INDEX_INVALID');
      refused += 1;
    }
  }
  expect(refused).toBeGreaterThan(100);
  expect(edited).toBeGreaterThan(100);
});

test('random bytes are refused', () => {
  for (let seed = 0; seed < 300; seed += 1) {
    const pick = random(seed);
    const bytes = Buffer.from(Array.from({ length: pick(500) }, () => pick(256)));
    const json = Buffer.concat([Buffer.from('{"apiVersion":"v1","entries":{'), bytes]);
    for (const content of [bytes, json])
      expect(() => readIndex(content, 'x')).toThrow(
        expect.objectContaining({ code: 'INDEX_INVALID' }),
      );
  }
});

test('a new index has no charts and no problems', () => {
  const document = emptyIndex('i.yaml');
  expect(document).toMatchObject({ file: 'i.yaml', charts: new Map() });
  expect(readIndex(document.bytes, 'i.yaml').problems).toEqual([]);
});

test('what is nested too deep is refused in JSON as in YAML', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  const inJson = (depth: number) => `{"apiVersion":"v1","a":${nested(depth)},"entries":{}}`;
  const inYaml = (depth: number) => `apiVersion: v1\na: ${nested(depth)}\nentries: {}\n`;
  for (const write of [inJson, inYaml]) {
    readIndex(Buffer.from(write(50)), 'i.yaml');
    expect(() => readIndex(Buffer.from(write(20_000)), 'i.yaml')).toThrow(
      expect.objectContaining({ code: 'INDEX_INVALID' }),
    );
  }
});
