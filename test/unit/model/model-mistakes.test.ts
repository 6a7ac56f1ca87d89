import { describe, expect, it } from 'vitest';
import { edited, expectMistake, type Mistake, problemsWith } from './sources.ts';

const WORKER = 'components/worker/model.yaml';
const CHART = 'charts/spark/chart.yaml';

const MISTAKES: Mistake[] = [
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
];

describe('a mistake in the values model', () => {
  it.each(MISTAKES)('%s', (...mistake) => {
    expectMistake(mistake);
  });

  it('has the path of values.yaml, the rule and the line to show', () => {
    expect(problemsWith(edited(WORKER, 'default: 2', 'defualt: 2'))[0]).toMatchObject({
      path: 'worker.replicas',
      rule: 'schemas/model.schema.json#/$defs/node',
      excerpt: '        defualt: 2',
    });
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
