import { YAMLException } from 'js-yaml';
import { expect, test } from 'vitest';
import { renderChart, withHelm } from '../../generator/src/helm/helm.ts';
import { loadGoYaml } from '../../generator/src/go-yaml.ts';
import { useTools } from '../support/tools.ts';
import { writeChart } from './lint/chart.ts';

useTools('helm-4');

const SCALARS = [
  ...['y', 'n', 'Yes', 'on', 'OFF', 'true', 'TRUE', 'tRue', '~', 'null', 'Null', 'nULL', ''],
  ...[
    '0',
    '1',
    '-1',
    '+1',
    '007',
    '0o17',
    '08',
    '-010',
    '0x1F',
    '0b101',
    '1_000',
    '12:30',
    '1:2:3',
  ],
  ...['1.5', '.5', '5.', '1e3', '1E-3', '1.5e+3', '-.5', '1.2.3', '0.0', '-0', '1e', '0x', '+'],
  ...['2020-01-01', '2020-01-01T10:00:00Z', '"1"', "'yes'", '!!str 1', '!!binary aGk=', '<<'],
  ...['text', '=', '.', '..', '1 2', '1,5', '_', '_1', '1_', '9007199254740991'],
];

test('scalars are what Helm takes them for', async () => {
  const lines = SCALARS.map((scalar, index) => `k${index}: ${scalar}`).join('\n');
  const chart = await writeChart({
    'scalars.yaml': lines,
    'templates/map.yaml': '# {{ .Files.Get "scalars.yaml" | fromYaml | toJson }}\n',
  });
  const rendering = await withHelm('helm-4', console.log, (helm) => renderChart(helm, chart));
  if (!rendering.ok) throw new Error(rendering.message);
  const json = /^# (\{.*\})$/m.exec(rendering.manifests)?.[1] ?? '';
  const theirs = JSON.parse(json) as Record<string, unknown>;
  expect(Object.keys(theirs), json).toHaveLength(SCALARS.length);
  const [ours] = loadGoYaml(lines);
  const named = (object: object) =>
    Object.entries(object).map(([key, value]) => [SCALARS[Number(key.slice(1))], value] as const);
  expect(new Map(named(ours as object))).toEqual(new Map(named(theirs)));
});

test('merge keys and anchors', () => {
  expect(loadGoYaml('a: &x {b: 1}\nc: {<<: *x, d: 2}\n')).toEqual([
    { a: { b: 1 }, c: { b: 1, d: 2 } },
  ]);
});

test.each([
  ['aliases within aliases', `a: &a [${'1, '.repeat(800)}]\nb: &b [${'*a, '.repeat(800)}]\n`],
  ['a list that holds itself', 'a: &a [*a]\n'],
])('%s are refused', (_, text) => {
  expect(() => loadGoYaml(text)).toThrow(YAMLException);
});
