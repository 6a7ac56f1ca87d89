import { describe, expect, it } from 'vitest';
import { toDraft07 } from '../../../generator/src/model/draft07.ts';
import type { SchemaNode } from '../../../generator/src/model/schema-node.ts';

const convert = (node: SchemaNode) =>
  toDraft07({ type: 'object', properties: { x: node } }, '#/definitions/').properties?.x;

describe('toDraft07', () => {
  it.each<[string, SchemaNode, object]>([
    [
      'closes objects',
      { type: 'object', properties: {} },
      { type: 'object', properties: {}, additionalProperties: false },
    ],
    [
      'leaves open ones open',
      { type: 'object', properties: {}, additionalProperties: true },
      { type: 'object', properties: {}, additionalProperties: true },
    ],
    [
      'lets arrays be null',
      { type: 'array', items: { type: 'array' } },
      { type: ['array', 'null'], items: { type: 'array' } },
    ],
    [
      'lets maps and their entries be null',
      { type: 'object', additionalProperties: { type: 'string' } },
      { type: ['object', 'null'], additionalProperties: { type: ['string', 'null'] } },
    ],
    [
      'lets entries with a choice be null',
      { type: 'object', additionalProperties: { type: 'string', enum: ['a'] } },
      {
        type: ['object', 'null'],
        additionalProperties: { type: ['string', 'null'], enum: ['a', null] },
      },
    ],
    [
      'lets entries of several kinds be null',
      { type: 'object', additionalProperties: { anyOf: [{ type: 'string' }] } },
      {
        type: ['object', 'null'],
        additionalProperties: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      },
    ],
    [
      'leaves scalars as they are',
      { type: 'string', default: 'a' },
      { type: 'string', default: 'a' },
    ],
    [
      'refers to Kubernetes types',
      { 'x-kubernetes': 'core/v1.Probe' },
      { $ref: '#/definitions/core.v1.Probe' },
    ],
    [
      'keeps what stands beside a Kubernetes type',
      { type: 'object', 'x-kubernetes': 'core/v1.Probe', description: 'A' },
      { description: 'A', allOf: [{ $ref: '#/definitions/core.v1.Probe' }] },
    ],
    [
      'drops our keywords',
      { type: 'string', 'x-section': 'A', 'x-feature': 'B', 'x-since': '1.0.0', 'x-lines': '*' },
      { type: 'string' },
    ],
    [
      'leaves conditions open',
      { if: { properties: { a: { type: 'array' } } }, then: { required: ['a'] } },
      { if: { properties: { a: { type: 'array' } } }, then: { required: ['a'] } },
    ],
  ])('%s', (_, node, schema) => {
    expect(convert(node)).toEqual(schema);
  });
});
