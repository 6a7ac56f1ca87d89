import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../generator/src/model/types.ts';
import { readIndex, trustIndex } from '../../../../generator/src/repository/index-file/document.ts';
import { editIndex } from '../../../../generator/src/repository/index-file/edit.ts';
import type {
  IndexDocument,
  IndexEdit,
} from '../../../../generator/src/repository/index-file/types.ts';
import { entry, indexOf, publicIndexes } from '../fixture.ts';
import { endsSoon } from '../../../support/ends-soon.ts';

const INDEXES = [...publicIndexes()].filter(([name]) => !name.includes('unversioned'));
const add = (chart: string, value: Json) => ({ kind: 'add', chart, entry: value }) as const;
const small = (version: string) => ({ name: 'a', version });
const edited = (text: string, edits: (document: IndexDocument) => IndexEdit[]) => {
  const { document } = readIndex(Buffer.from(text), 'i.yaml');
  return Buffer.from(editIndex(document, edits(document))).toString();
};
const entryAt = ({ charts }: IndexDocument, chart: string, position: number) => {
  const found = charts.get(chart)?.[position];
  if (!found) throw new Error(`no entry ${position} of ${chart}`);
  return found;
};
const versionsOf = (document: IndexDocument, chart: string) =>
  document.charts.get(chart)?.map(({ version }) => version);

/** The text that was put in at one place; undefined where anything else was done. */
function insertion(before: string, after: string): string | undefined {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  start = before.lastIndexOf('\n', start - 1) + 1;
  const text = after.slice(start, start + after.length - before.length);
  return before.slice(0, start) + text + before.slice(start) === after ? text : undefined;
}

describe.skipIf(INDEXES.length === 0)('a release in a public index is one hunk', () => {
  test.each(INDEXES)('%s', (name, bytes) => {
    const before = bytes.toString();
    const document = trustIndex(bytes, name);
    const middle = [...document.charts.keys()][Math.floor(document.charts.size / 2)] ?? '';
    for (const chart of [middle, 'aaa-new', 'mmm-new', 'zzz-new'])
      for (const version of ['99999.0.0', '0.0.0-0']) {
        const after = editIndex(document, [add(chart, entry(chart, version))]);
        expect(insertion(before, Buffer.from(after).toString())).toContain(`version: ${version}\n`);
        const again = readIndex(after, name).document;
        expect(again.charts.get(chart)?.length).toBe((document.charts.get(chart)?.length ?? 0) + 1);
        expect(again.charts.get(chart)?.at(version === '99999.0.0' ? 0 : -1)?.version).toBe(
          version,
        );
      }
  });
});

const BLOCK = `# ours
apiVersion: v1 # text
entries: # charts
  # the first
  a:
  # newest
  - name: a
    urls:
    - a # here
    version: 2.0.0

  # oldest
  - {name: a, version: 1.0.0}
  # the last
  c: [{name: c, version: 1.0.0}]
# end
generated: now
`;

test('what is new stands among the rest as if it had been there', () => {
  const after = edited(BLOCK, () => [
    add('a', small('1.5.0')),
    add('b', small('1.0.0')),
    add('c', small('2.0.0')),
  ]);
  expect(after).toBe(
    BLOCK.replace('  # oldest', '  - name: a\n    version: 1.5.0\n  # oldest')
      .replace('  # the last', '  b:\n  - name: a\n    version: 1.0.0\n  # the last')
      .replace('[{name: c', '[{"name":"a","version":"2.0.0"},{name: c'),
  );
});

test('what goes takes its own comments and no others', () => {
  const remove = (chart: string, position: number) =>
    edited(BLOCK, (document) => [{ kind: 'remove', entry: entryAt(document, chart, position) }]);
  expect(remove('a', 0)).toBe(BLOCK.replace(/ {2}# newest[^]*?\n\n/, ''));
  expect(remove('a', 1)).toBe(BLOCK.replace(/ {2}# oldest\n.*\n/, ''));
  expect(remove('c', 0)).toBe(BLOCK.replace(/ {2}# the last\n.*\n/, ''));
  const all = edited(BLOCK, (document) =>
    [...document.charts.values()].flat().map((item) => ({ kind: 'remove', entry: item })),
  );
  expect(all).toBe('# ours\napiVersion: v1 # text\nentries: {} # charts\n# end\ngenerated: now\n');
});

test('what is replaced keeps its place and the comments above it', () => {
  const after = edited(BLOCK, (document) => [
    { kind: 'replace', entry: entryAt(document, 'a', 0), by: { name: 'a', version: '0.1.0' } },
    { kind: 'replace', entry: entryAt(document, 'c', 0), by: { name: 'c' } },
  ]);
  expect(after).toBe(
    BLOCK.replace(/ {2}- name: a\n[^]*?2\.0\.0\n/, '  - name: a\n    version: 0.1.0\n').replace(
      '{name: c, version: 1.0.0}',
      '{"name":"c"}',
    ),
  );
});

test('fields at the top are set and removed', () => {
  const after = edited(BLOCK, () => [
    { kind: 'head', field: 'generated', value: '2026-01-02T03:04:05Z' },
    { kind: 'head', field: 'publicKeys', value: ['k'] },
  ]);
  expect(after).toBe(
    BLOCK.replace('generated: now\n', 'generated: "2026-01-02T03:04:05Z"\npublicKeys:\n- k\n'),
  );
  expect(edited(BLOCK, () => [{ kind: 'head', field: 'generated', value: undefined }])).toBe(
    BLOCK.replace('# end\ngenerated: now\n', ''),
  );
});

test.each([
  ['entries: {}', 'entries:\n  a:\n  - name: a\n    version: 1.0.0'],
  ['entries:', 'entries:\n  a:\n  - name: a\n    version: 1.0.0'],
  ['entries: null # none', 'entries: # none\n  a:\n  - name: a\n    version: 1.0.0'],
  ['x: y', 'x: y\nentries:\n  a:\n  - name: a\n    version: 1.0.0'],
  ['entries:\n    a: []', 'entries:\n    a:\n    - name: a\n      version: 1.0.0'],
  [
    'entries:\n  a:\n  b:\n    - c: d',
    'entries:\n  a:\n    - name: a\n      version: 1.0.0\n  b:\n    - c: d',
  ],
  ['entries: {a: []}', 'entries: {"a":[{"name":"a","version":"1.0.0"}]}'],
  ['entries: { b: [{c: d}] }', 'entries: { "a":[{"name":"a","version":"1.0.0"}], b: [{c: d}] }'],
])('the first version in %j', (before, after) => {
  for (const newline of ['\n', '\r\n'])
    for (const end of ['', '\n']) {
      const text = (part: string) => `apiVersion: v1\n${part}${end}`.replaceAll('\n', newline);
      expect(edited(text(before), () => [add('a', small('1.0.0'))])).toBe(text(after));
    }
});

test.each([
  [
    '{"apiVersion":"v1","entries":{}}',
    '{"apiVersion":"v1","entries":{"a":[{"name":"a","version":"1.0.0"}]}}',
  ],
  ['{"apiVersion":"v1"}', '{"apiVersion":"v1","entries":{"a":[{"name":"a","version":"1.0.0"}]}}'],
  [
    '{"entries":{"a":null},"apiVersion":"v1"}',
    '{"entries":{"a":[{"name":"a","version":"1.0.0"}]},"apiVersion":"v1"}',
  ],
])('the first version in %j', (before, after) => {
  expect(edited(before, () => [add('a', small('1.0.0'))])).toBe(after);
});

test.each(['  ', '\t', '    '])('JSON keeps its indentation of %j', (indent) => {
  const json = (entries: object) =>
    `${JSON.stringify({ apiVersion: 'v1', entries }, null, indent)}\n`;
  const before = json({ a: [small('1.0.0')], c: [small('1.0.0')] });
  const after = json({
    a: [small('2.0.0'), small('1.0.0')],
    b: [small('1.0.0')],
    c: [small('1.0.0')],
  });
  const result = edited(before, () => [add('a', small('2.0.0')), add('b', small('1.0.0'))]);
  expect(JSON.parse(result)).toEqual(JSON.parse(after));
  if (indent !== '    ') expect(result).toBe(after);
});

test('bytes that are no UTF-8 stay', () => {
  const bytes = Buffer.from(
    'apiVersion: v1\nentries:\n  a:\n  - name: "\xff\xfe"\n    version: 1.0.0\n',
    'latin1',
  );
  const after = editIndex(readIndex(bytes, 'x').document, [add('a', small('2.0.0'))]);
  expect(Buffer.from(after).toString('latin1')).toBe(
    bytes.toString('latin1').replace('  - name: "', '  - name: a\n    version: 2.0.0\n  - name: "'),
  );
});

test.each([
  ['1.0.0+1', '1.0.0+2'],
  ['1.2.3', '1.2'],
  ['1.2.3', '1'],
  ['v1.0.0', '1.0.0'],
  ['1.0.0', '1.0.0-rc.1'],
])('a version is what is written: beside %s there can be %s', (present, added) => {
  const document = indexOf({ a: [small(present), small(added)] });
  expect(versionsOf(document, 'a')?.toSorted()).toEqual([present, added].toSorted());
});

test('new entries come newest first, what is no version last, those that are there do not move', () => {
  const text =
    'apiVersion: v1\nentries:\n  a:\n  - version: 1.0.0\n  - version: 3.0.0\n  - version: latest\n';
  const added = ['2.0.0-rc.1', '2.0.0', '10.0.0', '0.1.0', 'newest', '1.0.0+1'].map((version) =>
    add('a', { version }),
  );
  expect(versionsOf(readIndex(Buffer.from(edited(text, () => added)), 'x').document, 'a')).toEqual([
    '10.0.0',
    '2.0.0',
    '2.0.0-rc.1',
    '1.0.0+1',
    '1.0.0',
    '3.0.0',
    '0.1.0',
    'newest',
    'latest',
  ]);
});

test('charts that are in no order stay so, a new one comes last', () => {
  const text = 'apiVersion: v1\nentries:\n  b: []\n  a: []\n  c: []\n';
  const after = readIndex(Buffer.from(edited(text, () => [add('aa', small('1.0.0'))])), 'x');
  expect([...after.document.charts.keys()]).toEqual(['b', 'a', 'c', 'aa']);
});

test('thousands of versions of one chart are added in no time', () => {
  const versions = (build: number) =>
    Array.from({ length: 4000 }, (_, i) => entry('demo', `1.${i}.0+${build}`));
  const bytes = endsSoon(() =>
    editIndex(
      indexOf({ demo: versions(1) }),
      versions(2).map((value) => add('demo', value)),
    ),
  );
  expect(trustIndex(bytes, 'x').charts.get('demo')).toHaveLength(8000);
});

test.each([
  [
    'YAML',
    'apiVersion: v1\nentries:\n  nginx:\n  - version: 1.0.0\n  "2048":\n  - version: 1.0.0\n',
  ],
  [
    'JSON',
    '{"apiVersion":"v1","entries":{"nginx":[{"version":"1.0.0"}],"2048":[{"version":"1.0.0"}]}}',
  ],
])('a chart named by a number stays where it stands, in %s', (_, text) => {
  const after = edited(text, () => [add('nginx', small('2.0.0'))]);
  expect(after.indexOf('2.0.0')).toBeLessThan(after.indexOf('2048'));
  expect(readIndex(Buffer.from(after), 'i.yaml').document.layout).toBeDefined();
});
