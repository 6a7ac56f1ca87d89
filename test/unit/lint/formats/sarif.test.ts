import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formatSarif } from '../../../../generator/src/lint/formats/sarif.ts';
import { RULE_DESCRIPTIONS } from '../../../../generator/src/lint/rules/descriptions.ts';
import { cellsOf, finding, reportOf } from './report.ts';

interface Result {
  ruleId: string;
  ruleIndex: number;
  level: string;
  message: { text: string };
  locations: [{ physicalLocation: unknown; logicalLocations?: unknown }];
  partialFingerprints: Record<string, string>;
  suppressions?: unknown;
  properties?: unknown;
}

interface Log {
  version: string;
  runs: [{ tool: { driver: { rules: { id: string; helpUri?: string }[] } }; results: Result[] }];
}

function logOf(...args: Parameters<typeof reportOf>): Log {
  const options = { directory: '/project', version: '1.2.3' };
  return JSON.parse(formatSarif(reportOf(...args), options)) as Log;
}

function resultsOf(...args: Parameters<typeof reportOf>): Result[] {
  return logOf(...args).runs[0].results;
}

function fingerprintOf(difference: Parameters<typeof finding>[0]): unknown {
  return resultsOf([finding(difference)])[0]?.partialFingerprints;
}

test('the rules are described', () => {
  const log = logOf([finding({ rule: 'go-format-text' }), finding({ rule: 'not-documented' })]);
  expect(log).toMatchObject({
    $schema: expect.stringMatching(/sarif-schema-2\.1\.0\.json$/) as unknown,
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'spark-charts', semanticVersion: '1.2.3' } } }],
  });
  const { rules } = log.runs[0].tool.driver;
  const rule = RULE_DESCRIPTIONS.find(({ id }) => id === 'go-format-text');
  expect(rules.find(({ id }) => id === 'go-format-text')).toEqual({
    id: 'go-format-text',
    shortDescription: { text: rule?.summary },
    fullDescription: { text: rule?.reason },
    help: { text: rule?.remedy },
    helpUri: expect.stringMatching(/lint-rules\.md#go-format-text$/) as unknown,
    defaultConfiguration: { level: 'error' },
  });
  for (const { ruleId, ruleIndex } of log.runs[0].results)
    expect(rules[ruleIndex]?.id).toBe(ruleId);
  expect(rules.at(-1)).toEqual({ id: 'not-documented' });
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  const documentation = readFileSync('docs/lint-rules.md', 'utf8');
  for (const { helpUri } of rules.slice(0, -1)) {
    const [, id = 'no anchor'] = helpUri?.split('/docs/lint-rules.md#') ?? [];
    expect(documentation).toMatch(new RegExp(`^#+ ${id}$`, 'm'));
  }
});

test('a result has its place, object and cells', () => {
  expect(resultsOf([finding({ cells: cellsOf('ha').slice(0, 1) })])).toEqual([
    {
      ruleId: 'image-tag',
      ruleIndex: expect.any(Number) as number,
      level: 'warning',
      message: { text: 'nginx has no tag\n\nName a version.' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'charts/a/templates/pod.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 4, startColumn: 5, snippet: { text: '    image: nginx' } },
          },
          logicalLocations: [{ name: 'Pod/demo', fullyQualifiedName: 'Pod/demo/spec.image' }],
        },
      ],
      partialFingerprints: {
        'sparkChartsLint/v1': expect.stringMatching(/^[0-9a-f]{64}:1$/) as unknown,
      },
      properties: { cells: [{ case: 'ha', kubeVersion: '1.35' }] },
    },
  ]);
});

test.each([
  ['error', 'error'],
  ['warning', 'warning'],
  ['info', 'note'],
] as const)('%s is the level %s', (severity, level) => {
  expect(resultsOf([finding({ severity })])).toMatchObject([{ level }]);
});

test('what is passed over is there, with its reason', () => {
  const results = resultsOf(
    [finding()],
    ['values.yaml', '.spark-charts-lint.yaml'].map((ignoredIn) => ({
      ...finding(),
      reason: 'a test',
      ignoredIn,
    })),
  );
  expect(results.map(({ suppressions }) => suppressions)).toEqual([
    undefined,
    [{ kind: 'inSource', justification: 'a test' }],
    [{ kind: 'external', justification: 'a test' }],
  ]);
});

test.each([
  ['charts/ä b', 'charts/%C3%A4%20b/templates/pod.yaml'],
  ['charts/100%#?', 'charts/100%25%23%3F/templates/pod.yaml'],
  ['./charts/a', 'charts/a/templates/pod.yaml'],
  ['/project/a', 'a/templates/pod.yaml'],
  ['/elsewhere/a b', 'file:///elsewhere/a%20b/templates/pod.yaml'],
])('a file of %s is %s', (chart, uri) => {
  const [result] = resultsOf([finding({ chart })]);
  expect(result?.locations[0].physicalLocation).toMatchObject({ artifactLocation: { uri } });
});

test('GitHub is given a file and a line for all that is in a folder or archive', () => {
  const { file, line, ...rest } = finding();
  expect([file, line]).toEqual(['templates/pod.yaml', 4]);
  expect(resultsOf([rest])[0]?.locations[0].physicalLocation).toMatchObject({
    artifactLocation: { uri: 'charts/a/Chart.yaml' },
    region: { startLine: 1 },
  });
  const [archive] = resultsOf([finding({ chart: 'a-1.0.0.tgz' })]);
  expect(archive?.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'a-1.0.0.tgz', uriBaseId: '%SRCROOT%' },
    region: { startLine: 1 },
  });
  expect(archive?.message.text).toMatch(/^templates\/pod\.yaml:4:5: nginx has no tag/);
});

test('a chart elsewhere is called by its reference', () => {
  const [result] = resultsOf([finding({ chart: 'oci://example.com/a:1.0.0' })]);
  expect(result?.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'oci://example.com/a:1.0.0' },
  });
});

test('fingerprints stay when lines move', () => {
  const helm = { message: 'a.yaml:4:5: line 3: bad', excerpt: 'x' };
  expect(fingerprintOf({ line: 9, column: 7 })).toEqual(fingerprintOf({}));
  expect(fingerprintOf({ chart: '/project/charts/a' })).toEqual(fingerprintOf({}));
  expect(fingerprintOf({ ...helm, message: 'a.yaml:9:1: line 8: bad' })).toEqual(
    fingerprintOf(helm),
  );
});

test.each([
  { rule: 'other' },
  { chart: 'charts/b' },
  { file: 'templates/other.yaml' },
  { object: 'Pod/other' },
  { path: 'spec.other' },
  { message: 'other' },
])('fingerprints tell apart what differs in %o', (difference) => {
  expect(fingerprintOf(difference)).not.toEqual(fingerprintOf({}));
});

test('fingerprints of the same finding twice differ', () => {
  const results = resultsOf([finding(), finding({ line: 9 })]);
  const prints = results.map(
    ({ partialFingerprints }) => partialFingerprints['sparkChartsLint/v1'],
  );
  expect(prints.map((print) => print?.slice(-2))).toEqual([':1', ':2']);
  expect(prints[0]?.slice(0, 64)).toBe(prints[1]?.slice(0, 64));
});
