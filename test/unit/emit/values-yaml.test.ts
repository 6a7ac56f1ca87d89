import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { emitValuesYaml } from '../../../generator/src/emit/values-yaml.ts';
import { defaultValues } from '../../../generator/src/model/defaults.ts';
import { chartModel, values, withValues } from './models.ts';

describe('emitValuesYaml', () => {
  it('reads well', () => {
    expect(emitValuesYaml(chartModel())).toBe(`# yaml-language-server: $schema=values.schema.json
# Default values of spark 0.1.0, Apache Spark 4.1.2.
# README.md lists them in tables.

# --------------------------------------------------------------------------------------------------
# Common
# --------------------------------------------------------------------------------------------------

# Stands in for the name.
nameOverride: ""

# Labels of every object.
commonLabels: {}

# --------------------------------------------------------------------------------------------------
# Workers
# --------------------------------------------------------------------------------------------------

# The workers.
worker:
  # Number of workers.
  replicas: 3

  # Memory of a worker.
  # Example: 1g
  memory: null

  # Holds back the other probes.
  startupProbe:
    # Seconds between two probes.
    periodSeconds: 3
    # A whole probe.
    override: {}

  # Taints that the pods tolerate.
  tolerations: []

  # Whether to use virtual threads.
  virtualThreads: true
`);
  });

  it('wraps descriptions, keeps their paragraphs and lists, shows choices, examples and age', () => {
    const text = emitValuesYaml(
      withValues({
        policy: {
          type: 'string',
          enum: ['Always', ''],
          default: '',
          deprecated: true,
          description: `${'word '.repeat(30)}\n\nSecond\nparagraph:\n- one\n- two`,
          examples: [{ a: [1] }, 'yes'],
        },
      }),
    );
    expect(text.split('\n').slice(4, -1)).toEqual([
      '# Deprecated.',
      `# ${'word '.repeat(18)}word`,
      `# ${'word '.repeat(10)}word`,
      '# Second paragraph:',
      '# - one',
      '# - two',
      '# One of: Always, "".',
      '# Example:',
      '#   a:',
      '#     - 1',
      '# Example: "yes"',
      'policy: ""',
    ]);
  });

  it('is the defaults, for readers of YAML 1.2 and 1.1', () => {
    fc.assert(
      fc.property(values, (node) => {
        const model = chartModel({ values: node });
        const text = emitValuesYaml(model);
        expect(parse(text)).toEqual(defaultValues(node));
        expect(parse(text, { version: '1.1' })).toEqual(defaultValues(node));
      }),
      { numRuns: 200 },
    );
  });

  it('keeps empty lines at the end of a text apart from those between values', () => {
    const properties = { a: { default: 'x\n\n' }, b: { default: 'y\n' } };
    expect(parse(emitValuesYaml(withValues(properties)))).toEqual({ a: 'x\n\n', b: 'y\n' });
  });

  it('holds keys of an open object beside its properties', () => {
    const global = {
      type: 'object',
      additionalProperties: true,
      properties: { a: { default: 1 } },
      default: { b: [2] },
    };
    expect(parse(emitValuesYaml(withValues({ global })))).toEqual({ global: { a: 1, b: [2] } });
  });

  it('is an empty map for a chart without values', () => {
    expect(parse(emitValuesYaml(withValues({})))).toEqual({});
  });
});
