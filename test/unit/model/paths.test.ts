import { describe, expect, it } from 'vitest';
import { findNode, leafPaths } from '../../../generator/src/model/paths.ts';
import type { SchemaNode } from '../../../generator/src/model/schema-node.ts';

const entry: SchemaNode = { type: 'object', properties: { port: { type: 'integer' } } };
const root: SchemaNode = {
  type: 'object',
  properties: {
    replicas: { type: 'integer' },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    services: { type: 'object', additionalProperties: entry },
    tolerations: { type: 'array', items: { 'x-kubernetes': 'core/v1.Toleration' } },
    affinity: { 'x-kubernetes': 'core/v1.Affinity' },
    global: {
      type: 'object',
      additionalProperties: true,
      properties: { registry: { type: 'string' } },
    },
    probe: { type: 'object', properties: { override: { type: ['object', 'null'] } } },
    nothing: { type: 'object', properties: {} },
  },
};

describe('findNode', () => {
  it.each([
    ['replicas', { type: 'integer' }],
    ['labels.any', { type: 'string' }],
    ['services.ui', entry],
    ['services.ui.port', { type: 'integer' }],
    ['tolerations.0.key', root.properties?.tolerations],
    ['affinity.nodeAffinity.x', root.properties?.affinity],
    ['global.registry', { type: 'string' }],
    ['global.other.deep', root.properties?.global],
    ['probe.override.httpGet', { type: ['object', 'null'] }],
    ['nothing.at', { type: 'object', properties: {} }],
  ])('finds %s', (path, node) => {
    expect(findNode(root, path.split('.'))).toEqual(node);
  });

  it('finds the root', () => {
    expect(findNode(root, [])).toBe(root);
  });

  it.each([
    'replica',
    'replicas.x',
    'labels.any.x',
    'services.ui.ports',
    'probe.other',
    'constructor',
    'probe.toString',
  ])('has no %s', (path) => {
    expect(findNode(root, path.split('.'))).toBeUndefined();
  });
});

describe('leafPaths', () => {
  it('lists the values that have none below them', () => {
    expect(leafPaths(root).map((path) => path.join('.'))).toEqual([
      'replicas',
      'labels',
      'services',
      'tolerations',
      'affinity',
      'global.registry',
      'probe.override',
      'nothing',
    ]);
  });
});
