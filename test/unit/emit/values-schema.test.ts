import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emitValuesSchema } from '../../../generator/src/emit/values-schema.ts';
import { defaultValues } from '../../../generator/src/model/defaults.ts';
import type { ChartModel } from '../../../generator/src/model/types.ts';
import { chartModel, values, withValues } from './models.ts';

const parsed = (model: ChartModel) => JSON.parse(emitValuesSchema(model)) as Record<string, object>;
/** No other schema is known, so a reference that leads out of the file does not compile. */
const validator = (model: ChartModel) => new Ajv({ strict: false }).compile(parsed(model));

describe('emitValuesSchema', () => {
  const isValid = validator(chartModel());

  it('takes the defaults', () => {
    expect(isValid(defaultValues(chartModel().values))).toBe(true);
  });

  it.each<[string, object]>([
    ['a wish for fewer', { worker: { replicas: 0 } }],
    ['global, with whatever a parent chart has there', { global: { any: { thing: 1 } } }],
    ['null for an array', { worker: { tolerations: null } }],
    ['null for a map and its entries', { commonLabels: { a: null } }],
    [
      'null for a Kubernetes type and its fields',
      { worker: { startupProbe: { override: { httpGet: null } } } },
    ],
    ['a toleration', { worker: { tolerations: [{ key: 'a', operator: 'Exists' }] } }],
  ])('takes %s', (_, input) => {
    expect(isValid(input)).toBe(true);
  });

  it.each<[string, object]>([
    ['an unknown key', { wroker: {} }],
    ['an unknown key further down', { worker: { startupProbe: { period: 1 } } }],
    ['an unknown key of a Kubernetes type', { worker: { tolerations: [{ kee: 'a' }] } }],
    ['a value out of range', { worker: { replicas: -1 } }],
    ['null for a number', { worker: { replicas: null } }],
    ['an entry of another type', { commonLabels: { a: 1 } }],
  ])('refuses %s', (_, input) => {
    expect(isValid(input)).toBe(false);
  });

  it('is draft-07 and holds just the definitions it needs', () => {
    const schema = parsed(chartModel());
    expect(schema).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: 'Values of the chart spark',
      additionalProperties: false,
    });
    expect(Object.keys(schema.definitions ?? {})).toContain('core.v1.Probe');
    expect(Object.keys(schema.definitions ?? {})).not.toContain('core.v1.Volume');
    expect(JSON.stringify(schema)).not.toContain('"x-');
  });

  it('has no definitions where none is needed', () => {
    expect(parsed(withValues({ a: { type: 'string' } }))).not.toHaveProperty('definitions');
  });

  it('keeps what the model says of global', () => {
    const global = { type: 'object', properties: { registry: { type: 'string' } } };
    const check = validator(withValues({ global }));
    expect(check({ global: { registry: 'a', other: 1 } })).toBe(true);
    expect(check({ global: { registry: 1 } })).toBe(false);
  });

  it('keeps conditions across values', () => {
    const model = withValues({ a: { type: 'boolean' }, b: { type: 'string' } });
    const condition = {
      if: { properties: { a: { const: true } }, required: ['a'] },
      then: { properties: { b: { minLength: 1 } } },
    };
    const check = validator({ ...model, values: { ...model.values, allOf: [condition] } });
    expect(check({ a: true, b: '' })).toBe(false);
    expect(check({ a: false, b: '' })).toBe(true);
  });

  it('takes the defaults of any model', () => {
    fc.assert(
      fc.property(values, (node) => {
        const model = chartModel({ values: node });
        expect(validator(model)(defaultValues(node))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
