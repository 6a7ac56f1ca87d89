import { describe, expect, it } from 'vitest';
import { edited, problemsWith } from './sources.ts';

const CASE = 'charts/spark/ci/some-values.yaml';

const problemsOf = (text: string, changes: Record<string, string> = {}) =>
  problemsWith({ ...changes, [CASE]: text });

describe('a case', () => {
  it.each([
    ['empty', '# Nothing.\n'],
    ['global values', 'global: { any: thing }\n'],
    ['null in place of a default', 'worker: { startupProbe: null, tolerations: null }\n'],
    [
      'anchors and merge keys',
      'worker:\n  startupProbe: &probe { periodSeconds: 5 }\ncommonLabels: &a { a: b }\n' +
        'nameOverride: &b text\nglobal: { probe: { <<: *probe }, labels: *a, name: *b }\n',
    ],
  ])('may have: %s', (_, text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  it.each([
    ['misspelt key', 'worker:\n  replica: 1\n', '2:3', 'unknown key "replica"', 'replicas'],
    ['wrong type', 'nameOverride: 1.0\n', '1:15', 'must be a string, not 1.0', undefined],
    ['what is no object', '- worker\n', '1:1', 'must be an object, not an array', undefined],
    ['duplicate key', 'worker: {}\nworker: {}\n', '2:1', 'Map keys must be unique', undefined],
    ['unknown anchor', 'worker: *x\n', '1:9', 'there is no anchor "x" above', undefined],
    [
      'circle',
      'worker: &x\n  tolerations: *x\n',
      '2:16',
      'the alias is part of what it stands for',
      undefined,
    ],
    [
      'merge of no map',
      'a: &a 1\nworker: { <<: *a }\n',
      '1:1',
      expect.stringContaining('Merge sources must be maps') as string,
      undefined,
    ],
    [
      'what expands without end',
      `a0: &a0 [x]\n${Array.from({ length: 30 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]\n`).join('')}`,
      '1:1',
      expect.stringContaining('Excessive alias count') as string,
      undefined,
    ],
  ])('is refused: %s', (_, text, place, message, near) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    const [problem] = problems;
    expect(problem).toMatchObject({ file: `charts-src/${CASE}`, message });
    expect(`${problem?.line ?? ''}:${problem?.column ?? ''}`).toBe(place);
    if (near !== undefined) expect(problem?.hint).toBe(`did you mean "${near}"?`);
  });

  it('is checked against every line, and told once', () => {
    expect(problemsOf('worker: { virtualThreads: false }\n')).toMatchObject([
      { message: 'unknown key "virtualThreads"', rule: 'values of Spark 3.9' },
    ]);
    expect(problemsOf('worker: { replicas: many }\n')).toMatchObject([
      { path: 'worker.replicas', rule: 'values of Spark 4.1' },
    ]);
  });

  it('is not blamed for a default that does not fit', () => {
    const changes = edited('charts/spark/chart.yaml', 'replicas: 3', 'replicas: -3');
    expect(problemsOf('nameOverride: x\n', changes)).toMatchObject([
      { file: 'charts-src/charts/spark/chart.yaml' },
    ]);
  });

  it('is laid over the defaults: a key that must be there may come from them', () => {
    const required = edited(
      'components/worker/model.yaml',
      '    description: The workers.',
      '    required: [replicas]\n    description: The workers.',
    );
    expect(problemsOf('worker: { memory: 1g }\n', required)).toEqual([]);
    expect(problemsOf('worker: { replicas: null }\n', required)).toMatchObject([
      { line: 1, message: '"replicas" is missing' },
    ]);
  });
});
