import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCatalog } from '../../../generator/src/model/load-catalog.ts';
import { edited, catalogWith, problemsWith, SOURCES } from './sources.ts';

const WORKER = 'components/worker/model.yaml';
const CHART = 'charts/spark/chart.yaml';

describe('loadCatalog', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'catalog-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };

  it('reads a folder', async () => {
    for (const [path, text] of Object.entries(SOURCES)) await write(`charts-src/${path}`, text);
    await write('charts-src/charts/spark/.notes.txt.hbs.swp', 'an editor was here');
    await write(
      'charts-src/charts/spark/lint.yaml',
      'ignore: [{ rule: host-path, reason: It is meant. }]\n',
    );
    const catalog = await loadCatalog(join(folder, 'charts-src'));
    expect(catalog.directory).toBe(join(folder, 'charts-src'));
    expect(catalog.lines.map(({ version }) => version)).toEqual(['4.1.2', '3.9.0']);
    expect([...catalog.components.keys()]).toEqual(['common', 'worker']);
    expect(catalog.charts[0]?.files.map(({ target, rendered }) => [target, rendered])).toEqual([
      ['ci/default-values.yaml', false],
      ['.spark-charts-lint.yaml', false],
      ['templates/NOTES.txt', true],
      ['README.md', true],
    ]);
  });

  it('says which folder is missing', async () => {
    const loading = loadCatalog(join(folder, 'nowhere'));
    await expect(loading).rejects.toMatchObject({
      code: 'FILE_SYSTEM',
      message: expect.stringContaining('nowhere') as string,
    });
  });
});

describe('a catalog', () => {
  it('gives components their title, text, rules and files', () => {
    const worker = catalogWith().components.get('worker');
    expect(worker).toMatchObject({ title: 'Worker', readme: 'Workers of a cluster.' });
    expect(worker?.rules).toEqual([
      {
        id: 'no-workers',
        placeOf: expect.any(Function) as unknown,
        level: 'warn',
        condition: 'eq (int .Values.worker.replicas) 0',
        message: 'worker.replicas ({{ .Values.worker.replicas }}) is 0.',
        description: 'worker.replicas is 0.',
      },
      {
        id: 'only-new',
        placeOf: expect.any(Function) as unknown,
        level: 'refuse',
        condition: 'not .Values.worker.virtualThreads',
        message: 'Virtual threads are needed.',
        description: 'Virtual threads are needed.',
        lines: '>=4.0.0',
      },
    ]);
    expect(worker?.files).toMatchObject([
      {
        source: 'components/worker/templates/statefulset.yaml',
        target: 'templates/worker/statefulset.yaml',
        rendered: false,
      },
    ]);
  });

  it('gives a chart all lines where it names none, in the order of the catalog', () => {
    expect(catalogWith().charts[0]?.lines).toEqual(['4.1', '3.9']);
    const some = edited(CHART, 'components:', 'lines: ["3.9", "4.1"]\ncomponents:');
    expect(catalogWith(some).charts[0]?.lines).toEqual(['4.1', '3.9']);
  });
});

/** Changes to the sources, and what is to be said of them: place, message, hint. */
const MISTAKES: [string, Record<string, string | undefined>, string, string, string?][] = [
  [
    'misspelt keyword',
    edited(WORKER, 'default: 2', 'defualt: 2'),
    `${WORKER}:10:9`,
    'unknown keyword "defualt"',
    'did you mean "default"?',
  ],
  [
    'misspelt type',
    edited(WORKER, 'type: integer', 'type: interger'),
    `${WORKER}:8:15`,
    '"interger" is not one of "string", "integer", "number", "boolean", "object", "array", "null"',
    'did you mean "integer"?',
  ],
  [
    'missing description',
    edited(WORKER, '        description: Number of workers.\n', ''),
    `${WORKER}:7:7`,
    '"replicas" has no description',
  ],
  [
    'missing description in an entry',
    edited(WORKER, 'x-kubernetes: core/v1.Toleration', 'properties: { key: { type: string } }'),
    `${WORKER}:25:25`,
    '"key" has no description',
  ],
  [
    'missing default',
    edited(WORKER, '        default: 2\n', ''),
    `${WORKER}:7:7`,
    '"replicas" has no default',
  ],
  [
    'default of another type',
    edited(WORKER, 'default: 2', 'default: two'),
    `${WORKER}:10:18`,
    'the default does not fit: must be an integer, not "two"',
  ],
  [
    'default of another type, overridden in the chart',
    edited(CHART, 'replicas: 3', 'replicas: -3'),
    `${CHART}:6:23`,
    'the default does not fit: must be >= 0',
  ],
  [
    'default for a key a fragment lacks',
    edited(
      WORKER,
      'description: Holds',
      'default: { peroidSeconds: 4 }\n        description: Holds',
    ),
    `${WORKER}:18:20`,
    'the default does not fit: unknown key "peroidSeconds"',
    'did you mean "periodSeconds"?',
  ],
  [
    'default inside a fragment',
    edited('model/probe.yaml', 'minimum: 1', 'minimum: 5'),
    `${WORKER}:21:22`,
    'the default does not fit: must be >= 5',
  ],
  [
    'null where the type has none',
    edited(WORKER, 'default: 2', 'default: null'),
    `${WORKER}:10:18`,
    'the default does not fit: must be an integer, not null',
  ],
  [
    'section below the root',
    edited(WORKER, 'replicas:\n', 'replicas:\n        x-section: No\n'),
    `${WORKER}:8:20`,
    'only properties of the root start a section',
  ],
  [
    'unknown Kubernetes type',
    edited(WORKER, 'v1.Toleration', 'v1.Tolerations'),
    `${WORKER}:25:25`,
    'schemas/kubernetes has no type core/v1.Tolerations',
    'did you mean "core/v1.Toleration"?',
  ],
  [
    'pattern Helm cannot run',
    edited(WORKER, 'examples: [1g]', 'pattern: ^(?!0)'),
    `${WORKER}:15:18`,
    'Helm knows no look-ahead or look-behind',
  ],
  [
    'range that is none',
    edited(WORKER, 'x-lines: ">=4.0.0"', 'x-lines: newer'),
    `${WORKER}:28:18`,
    '"newer" is not a range of versions such as >=4.0.0',
  ],
  [
    'range where nothing can be left out',
    edited(WORKER, 'items:\n', 'items:\n          x-lines: ">=4.0.0"\n'),
    `${WORKER}:25:20`,
    'only properties and entries of allOf, anyOf and oneOf can depend on the line',
  ],
  [
    'version that is none',
    edited(WORKER, '        minimum: 0', '        x-since: soon\n        minimum: 0'),
    `${WORKER}:9:18`,
    '"soon" is not a version such as 0.2.0',
  ],
  [
    'fragments below the root',
    edited(WORKER, 'replicas:\n', 'replicas:\n        $defs: {}\n'),
    `${WORKER}:8:16`,
    'fragments are named at the root of a file',
  ],
  [
    'unknown fragment file',
    edited(WORKER, 'model/probe.yaml', 'model/prob.yaml'),
    `${WORKER}:17:15`,
    'there is no model/prob.yaml',
    'did you mean "model/probe.yaml"?',
  ],
  [
    'unknown fragment',
    edited('components/common/model.yaml', 'defs/labels', 'defs/label'),
    'components/common/model.yaml:8:11',
    'charts-src/model/probe.yaml has no "label" under $defs',
    'did you mean "labels"?',
  ],
  [
    'reference to a place outside',
    edited(WORKER, 'model/probe.yaml', '../probe.yaml'),
    `${WORKER}:17:15`,
    '"../probe.yaml" is not a reference such as model/image.yaml, model/image.yaml#/$defs/tag or #/$defs/tag',
  ],
  [
    'circle of fragments',
    {
      'model/a.yaml': '$ref: model/b.yaml\n',
      'model/b.yaml': 'properties:\n  a: { $ref: model/a.yaml }\n',
    },
    'model/b.yaml:2:14',
    'references run in a circle: charts-src/model/a.yaml → charts-src/model/b.yaml → charts-src/model/a.yaml',
  ],
  [
    'property of two components',
    edited(
      'components/common/model.yaml',
      'nameOverride:',
      'worker: { type: string, default: "", description: No }\n  nameOverride:',
    ),
    `${WORKER}:2:3`,
    'component "common" defines "worker" already',
  ],
  [
    'unknown component',
    edited(CHART, '[common, worker]', '[common, worke]'),
    `${CHART}:4:22`,
    'there is no component "worke"',
    'did you mean "worker"?',
  ],
  [
    'unknown line',
    edited(CHART, 'components:', 'lines: ["4.2"]\ncomponents:'),
    `${CHART}:4:9`,
    'catalog.yaml has no line "4.2"',
    'did you mean "4.1"?',
  ],
  [
    'line as a number',
    edited(CHART, 'components:', 'lines: [4.1]\ncomponents:'),
    `${CHART}:4:9`,
    'must be a string, not 4.1',
    'write "4.1"',
  ],
  [
    'version as a number',
    edited(CHART, '0.1.0', '1.0'),
    `${CHART}:2:10`,
    'must be a string, not 1.0',
    'write "1.0"',
  ],
  [
    'default as a number',
    edited('components/common/model.yaml', 'default: ""', 'default: 1.10'),
    'components/common/model.yaml:5:14',
    'the default does not fit: must be a string, not 1.10',
    'write "1.10"',
  ],
  [
    'default at an unknown path',
    edited(CHART, 'worker: {', 'wroker: {'),
    `${CHART}:6:3`,
    'the default does not fit: unknown key "wroker"',
    'did you mean "worker"?',
  ],
  [
    'default named like a part of every object',
    edited(CHART, 'worker: {', 'constructor: {'),
    `${CHART}:6:3`,
    'the default does not fit: unknown key "constructor"',
  ],
  [
    'chart version that is none',
    edited(CHART, '0.1.0', '"0.1"'),
    `${CHART}:2:10`,
    '"0.1" is not a version such as 0.1.0',
  ],
  [
    'chart in another folder',
    edited(CHART, 'name: spark', 'name: spark-two'),
    `${CHART}:1:7`,
    'the folder is named "spark"',
  ],
  [
    'unknown category',
    edited(CHART, 'components:', 'category: databse\ncomponents:'),
    `${CHART}:4:11`,
    expect.stringContaining('"databse" is not one of "ai-machine-learning"') as string,
    'did you mean "database"?',
  ],
  [
    'line of another name',
    edited('lines/3.9.yaml', '"3.9"\nversion: 3.9.0', '"3.8"\nversion: 3.8.0'),
    'lines/3.9.yaml:1:7',
    'the file is named for line "3.9"',
  ],
  [
    'version of another line',
    edited('lines/3.9.yaml', 'version: 3.9.0', 'version: 3.8.0'),
    'lines/3.9.yaml:2:10',
    '3.8.0 is not a version of line 3.9',
  ],
  [
    'lines out of order',
    edited('catalog.yaml', '["4.1", "3.9"]', '["3.9", "4.1"]'),
    'catalog.yaml:8:16',
    'lines stand newest first',
  ],
  [
    'line without a file',
    { 'lines/3.9.yaml': undefined },
    'catalog.yaml:8:16',
    'there is no charts-src/lines/3.9.yaml',
  ],
  [
    'chart without a folder',
    edited('catalog.yaml', '[spark]', '[spark, spork]'),
    'catalog.yaml:9:17',
    'there is no charts-src/charts/spork',
    'did you mean "spark"?',
  ],
  [
    'key without its whole fingerprint',
    edited(
      'catalog.yaml',
      'https://charts.example.com }',
      'https://charts.example.com, signKey: { fingerprint: 0AB, url: https://example.com } }',
    ),
    'catalog.yaml:1:86',
    '"0AB" is not 40 hex digits, upper case',
  ],
  [
    'Kubernetes versions the wrong way round',
    edited('catalog.yaml', '"1.36"', '"1.9"'),
    'catalog.yaml:7:39',
    '1.9 is older than 1.31',
  ],
  [
    'rule that does both',
    edited('components/worker/rules.yaml', '  warn:', '  refuse: "true"\n  warn:'),
    'components/worker/rules.yaml:1:3',
    'a rule has either "refuse" or "warn"',
  ],
  [
    'rule that does neither',
    edited('components/worker/rules.yaml', '  refuse: not .Values.worker.virtualThreads\n', ''),
    'components/worker/rules.yaml:4:3',
    'a rule has either "refuse" or "warn"',
  ],
  [
    "rule of another rule's name",
    edited('components/worker/rules.yaml', 'only-new', 'no-workers'),
    'components/worker/rules.yaml:4:7',
    'charts-src/components/worker/rules.yaml has a rule "no-workers" already',
  ],
  [
    'property name in another style',
    edited(WORKER, 'replicas:', 'max-replicas:'),
    `${WORKER}:7:7`,
    '"max-replicas" is not a name in camelCase',
  ],
];

describe('a mistake', () => {
  it.each(MISTAKES)('%s', (_, changes, place, message, hint) => {
    const problems = problemsWith(changes);
    expect(problems).toHaveLength(1);
    const [problem] = problems;
    expect(`${problem?.file ?? ''}:${problem?.line ?? ''}:${problem?.column ?? ''}`).toBe(
      `charts-src/${place}`,
    );
    expect(problem?.message).toEqual(message);
    expect(problem?.hint).toBe(hint);
  });

  it('has the path of values.yaml, the rule and the line to show', () => {
    expect(problemsWith(edited(WORKER, 'default: 2', 'defualt: 2'))[0]).toMatchObject({
      path: 'worker.replicas',
      rule: 'schemas/model.schema.json#/$defs/node',
      excerpt: '        defualt: 2',
    });
  });

  it.each([
    ['an empty file', { [CHART]: '# Nothing yet.\n' }, `charts-src/${CHART}`, 'the file is empty'],
    ['a missing file', { [WORKER]: undefined }, `charts-src/${WORKER}`, 'the file is missing'],
    [
      'a file with no place',
      { 'components/worker/notes.md': '' },
      'charts-src/components/worker/notes.md',
      'charts-src has no place for this file',
    ],
    [
      'a line nobody lists',
      { 'lines/3.8.yaml': SOURCES['lines/3.9.yaml']?.replaceAll('3.9', '3.8') },
      'charts-src/lines/3.8.yaml',
      'catalog.yaml does not list this line',
    ],
    [
      'a chart nobody lists',
      { 'charts/other/chart.yaml': '' },
      'charts-src/charts/other/chart.yaml',
      'catalog.yaml does not list this chart',
    ],
    [
      'two files of one name',
      { 'components/worker/templates/statefulset.yaml.hbs': '' },
      'charts-src/components/worker/templates/statefulset.yaml.hbs',
      'would be templates/worker/statefulset.yaml of chart spark, which charts-src/components/worker/templates/statefulset.yaml is already',
    ],
    [
      'a lint.yaml without a reason',
      { 'charts/spark/lint.yaml': 'ignore: [{ rule: host-path }]' },
      'charts-src/charts/spark/lint.yaml',
      '"reason" is missing',
    ],
    [
      'a README without a text',
      { 'components/worker/README.md': '# Worker\n' },
      'charts-src/components/worker/README.md',
      'a heading and a paragraph are expected',
    ],
  ])('%s', (_, changes: Record<string, string | undefined>, file, message) => {
    expect(problemsWith(changes)).toMatchObject([{ file, message }]);
  });

  it('of each file is told at once, in order, each once', () => {
    const problems = problemsWith({
      ...edited('model/probe.yaml', 'type: integer', 'typ: integer'),
      ...edited(WORKER, 'default: 2', 'defualt: 2'),
      ...edited('lines/4.1.yaml', 'java: 21', 'java: "21"'),
      ...edited(CHART, '0.1.0', 'one'),
      ...edited('components/worker/rules.yaml', 'id: no-workers', 'id: No Workers'),
      'components/common/README.md': undefined,
    });
    expect(problems.map(({ file }) => file)).toEqual([
      'charts-src/charts/spark/chart.yaml',
      'charts-src/components/common/README.md',
      'charts-src/components/worker/model.yaml',
      'charts-src/components/worker/rules.yaml',
      'charts-src/lines/4.1.yaml',
      'charts-src/model/probe.yaml',
    ]);
  });

  it('in a fragment is told once, however many use it', () => {
    const twice = edited(
      WORKER,
      'tolerations:',
      'otherProbe: { $ref: model/probe.yaml, description: Other. }\n      tolerations:',
    );
    expect(
      problemsWith({ ...twice, ...edited('model/probe.yaml', 'default: 10', 'default: ten') }),
    ).toHaveLength(1);
  });

  it('in a component no chart has is found', () => {
    const component = {
      'components/extra/README.md': '# Extra\n\nMore.\n',
      'components/extra/model.yaml':
        'properties:\n  extra: { type: string, default: 1, description: Extra. }\n',
    };
    expect(problemsWith(component)).toMatchObject([
      { file: 'charts-src/components/extra/model.yaml', line: 2 },
    ]);
  });

  it('is a model that grows without end by its references', () => {
    const names = Array.from({ length: 30 }, (_, index) => `d${index}`);
    const definitions = names.map((name, index) => {
      const next = index === 29 ? '{ type: string }' : `{ $ref: "#/$defs/d${index + 1}" }`;
      return `  ${name}: { properties: { a: ${next}, b: ${next} } }\n`;
    });
    const problems = problemsWith({
      'model/bomb.yaml': `$ref: "#/$defs/d0"\n$defs:\n${definitions.join('')}`,
    });
    expect(problems[0]).toMatchObject({
      file: 'charts-src/model/bomb.yaml',
      message: 'the model grows too large by its references',
    });
  });
});
