import { describe, expect, it } from 'vitest';
import { edited, expectMistake, type Mistake, problemsWith, SOURCES } from './sources.ts';

const WORKER = 'components/worker/model.yaml';
const CHART = 'charts/spark/chart.yaml';

const MISTAKES: Mistake[] = [
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

describe('a mistake in a catalog', () => {
  it.each(MISTAKES)('%s', (...mistake) => {
    expectMistake(mistake);
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
});
