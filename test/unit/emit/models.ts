import fc from 'fast-check';
import { resolveChart } from '../../../generator/src/model/resolve.ts';
import type { SchemaNode } from '../../../generator/src/model/schema-node.ts';
import type { ChartModel, Json } from '../../../generator/src/model/types.ts';
import { catalogWith } from '../model/sources.ts';

const SPARK = resolveChart(catalogWith(), 'spark', '4.1');

/** The chart of the small charts-src, with some of its fields changed. */
export function chartModel(changes: Partial<ChartModel> = {}): ChartModel {
  return { ...SPARK, ...changes };
}

/** The chart with other values, each under `properties` of the root. */
export function withValues(properties: Record<string, SchemaNode>): ChartModel {
  return chartModel({ values: { type: 'object', properties } });
}

/** Text that YAML 1.1 or 1.2 may take for something else, or that needs care on several lines. */
const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom(
    'yes',
    'on',
    'n',
    '1_000',
    '0o7',
    '1:20',
    '1e3',
    '~',
    'null',
    '.inf',
    '- a',
    '# a',
    '{}',
    '<<',
    '=',
    '2001-01-01',
  ),
  fc.string({
    unit: fc.constantFrom('a', ' ', '\n', '\t', '#', ':', '-', '|', '\u0085', '\ufeff', 'é'),
  }),
);
const scalar = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);

const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(text, tie('value'), { maxKeys: 3 }),
  ),
})).value;

const name = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,8}$/);
const words = fc.record(
  { description: text, examples: fc.array(json, { minLength: 1, maxLength: 2 }) },
  { requiredKeys: ['description'] },
);

/** Models of any shape, with any defaults. */
export const values = fc.letrec<{ node: SchemaNode; object: SchemaNode }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.tuple(words, json).map(([beside, value]): SchemaNode => ({ ...beside, default: value })),
    tie('object'),
  ),
  object: fc
    .tuple(words, fc.dictionary(name, tie('node'), { maxKeys: 3 }), fc.boolean())
    .map(([beside, properties, section]): SchemaNode => ({
      ...beside,
      ...(section && { 'x-section': 'Section' }),
      type: 'object',
      properties,
    })),
})).object;
