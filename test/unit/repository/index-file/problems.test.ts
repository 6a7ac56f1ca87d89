import { expect, test } from 'vitest';
import type { Json } from '../../../../generator/src/model/types.ts';
import { readIndex } from '../../../../generator/src/repository/index-file/document.ts';
import { entry, indexOf, publicIndexes } from '../fixture.ts';

const DIGEST = 'a'.repeat(64);
const problemsOf = (text: string | Uint8Array) =>
  readIndex(Buffer.from(text), 'i.yaml').problems.map(
    ({ line, path, message }) => `${line ?? '-'} ${path ?? ''}: ${message}`,
  );
const ofEntry = (more: Record<string, Json>) =>
  problemsOf(indexOf({ demo: [entry('demo', '1.0.0', more)] }).bytes);

test('an entry with everything that Helm knows has no problems', () => {
  const everything = {
    ...{
      annotations: { a: 'b' },
      appVersion: '1.10',
      condition: 'a.b',
      created: '2026-01-02T03:04:05.5+02:00',
    },
    dependencies: [
      {
        name: 'a',
        repository: '',
        version: '1',
        condition: 'a',
        tags: ['t'],
        enabled: true,
        alias: 'b_1',
        'import-values': ['a', { child: 'a', parent: 'b' }],
      },
    ],
    ...{
      deprecated: true,
      removed: false,
      description: 'd',
      digest: `sha256:${DIGEST}`,
      home: 'h',
      icon: 'i',
    },
    ...{
      keywords: ['k'],
      kubeVersion: '>=1',
      sources: ['s'],
      tags: 't',
      type: 'library',
      engine: 'e',
    },
    ...{
      maintainers: [{ name: 'n', email: 'e', url: 'u' }],
      checksum: 'c',
      tillerVersion: 't',
      url: 'u',
    },
  };
  expect(ofEntry(everything)).toEqual([]);
});

test('whatever is wrong in an index is reported and kept', () => {
  const text = `mystery: { a: b }
apiVersion: v1
generated: yesterday
publicKeys: k
annotations: { a: [b] }
serverInfo: { a: { b: c } }
entries:
  demo:
  -
  - text
  # below
  - { name: demo, version: 1.0.0, urls: [a], colour: red, created: "2026" }
  - { name: demo, version: latest, urls: [a] }
  - { name: other, version: 2.0.0, urls: [a] }
  - { name: demo, version: 3.0.0, digest: abc }
  - { name: demo, urls: [a] }
  - { name: demo, version: 1.0.0, urls: a, deprecated: "true", type: app }
  a/b:
  - { name: a/b, version: 1.0.0, urls: [a], maintainers: [null, { mail: a }], dependencies: [{ name: a, alias: "a b" }] }
`;
  expect(problemsOf(text)).toMatchInlineSnapshot(`
    [
      "- mystery: unknown field, Helm refuses the whole index",
      "- publicKeys: expected a list, Helm refuses the whole index",
      "- annotations.a: expected text in quotes, Helm refuses the whole index",
      "- generated: "yesterday" is no time such as 2026-01-31T12:00:00Z, Helm refuses the whole index",
      "9 entries.demo[0]: not an entry, Helm passes over it",
      "10 entries.demo[1]: not an entry, Helm refuses the whole index",
      "12 entries.demo[2].colour: unknown field, Helm refuses the whole index",
      "12 entries.demo[2].created: "2026" is no time such as 2026-01-31T12:00:00Z, Helm refuses the whole index",
      "13 entries.demo[3].version: "latest" is not a version, Helm passes over it",
      "14 entries.demo[4].name: "other" is not the chart it is listed under",
      "15 entries.demo[5].urls: it has no urls, Helm cannot fetch it",
      "15 entries.demo[5].digest: "abc" is no SHA-256, Helm 4 cannot fetch it",
      "16 entries.demo[6].version: it has no version, Helm passes over it",
      "17 entries.demo[7].urls: expected a list, Helm refuses the whole index",
      "17 entries.demo[7].deprecated: expected true or false, Helm refuses the whole index",
      "17 entries.demo[7].type: "app" is neither application nor library, Helm passes over it",
      "17 entries.demo[7].version: "1.0.0" is listed before, Helm takes either",
      "19 entries.a/b[0].maintainers[0]: it is empty, Helm passes over the entry",
      "19 entries.a/b[0].maintainers[1].mail: unknown field, Helm refuses the whole index",
      "19 entries.a/b[0].name: "a/b" cannot be a file name, Helm passes over it",
      "19 entries.a/b[0].dependencies[0].alias: "a b" may hold letters, digits, - and _ only, Helm passes over it",
    ]
  `);
});

test('a number without quotes is none to us and one to Helm', () => {
  const text = `apiVersion: v1
entries:
  demo:
  - name: demo
    version: 1.10
    appVersion: "1.10"
    annotations: { a: 0x1f }
    digest: 12e4
    keywords:
    - 1 # one
    urls: [a]
`;
  const refused = 'expected text in quotes, Helm refuses the whole index';
  expect(problemsOf(text)).toEqual([
    `4 entries.demo[0].version: ${refused}`,
    `4 entries.demo[0].annotations.a: ${refused}`,
    `4 entries.demo[0].digest: ${refused}`,
    `4 entries.demo[0].keywords[0]: ${refused}`,
  ]);
});

test.each(['annotations: { a: 1, b: c }', 'keywords: [a, 1]', 'appVersion: 1_000', 'digest: 0b11'])(
  'a number in another form is one to Helm: %s',
  (field) => {
    const text = `apiVersion: v1\nentries:\n  demo:\n  - name: demo\n    version: 1.0.0\n    ${field}\n    urls: [a]\n`;
    expect(problemsOf(text)).toEqual([
      expect.stringContaining('expected text in quotes, Helm refuses the whole index'),
    ]);
  },
);

test('JSON is read by other rules: unknown fields pass, true is no text', () => {
  const item = { name: 'demo', version: '1.0.0', urls: ['a'], colour: 'red', home: true };
  expect(problemsOf(JSON.stringify({ apiVersion: 'v1', entries: { demo: [item] } }))).toEqual([
    '1 entries.demo[0].home: expected text in quotes, Helm refuses the whole index',
  ]);
});

test.each([
  ['category', 'database', 'databases'],
  ['changes', '- one\n- two', '- one\n- description: two'],
  [
    'changes',
    '- kind: added\n  description: a\n  links: [{ name: n, url: u }]',
    '- kind: new\n  description: a',
  ],
  ['changes', '- Fixed', '- a: b: c'],
  ['changes', '[]', 'text'],
  ['containsSecurityUpdates', 'true', 'yes'],
  ['crds', '- kind: A', 'kind: A'],
  ['images', '- image: a', '- name: a'],
  ['operatorCapabilities', 'Deep Insights', 'all'],
  ['prerelease', 'false', ''],
  ['signKey', 'url: u\nfingerprint: f', 'fingerprint: f'],
  ['license', 'Apache-2.0', undefined],
])('Artifact Hub: %s may be %j, not %j', (name, good, bad) => {
  const annotation = `artifacthub.io/${name}`;
  expect(ofEntry({ annotations: { [annotation]: good } })).toEqual([]);
  if (bad === undefined) return;
  expect(ofEntry({ annotations: { [annotation]: bad } })).toEqual([
    expect.stringMatching(
      /^4 entries\.demo\[0\]\.annotations\.artifacthub\.io.*passes over the version$/,
    ),
  ]);
});

test.skipIf(publicIndexes().size === 0)('versions that are listed twice are reported', () => {
  const bytes = publicIndexes().get('grafana-helm-charts.yaml') ?? Buffer.of();
  expect(problemsOf(bytes)).toEqual([
    '2005 entries.alloy-operator[42].version: "0.2.6-beta.2" is listed before, Helm takes either',
    '76189 entries.mimir-distributed[97].version: "5.6.0-weekly.314" is listed before, Helm takes either',
  ]);
});
