import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { emitChartYaml } from '../../../generator/src/emit/chart-yaml.ts';
import { chartModel } from './models.ts';

describe('emitChartYaml', () => {
  it('says what Helm and Artifact Hub need', () => {
    const model = chartModel();
    const source = {
      ...model.source,
      keywords: ['spark'],
      icon: 'https://example.com/icon.svg',
      category: 'streaming-messaging',
      links: [{ name: 'Guide', url: 'https://example.com/guide' }],
      changes: [{ kind: 'added', description: 'Workers: "two"' }],
    };
    expect(emitChartYaml({ ...model, source })).toBe(`apiVersion: v2
name: spark
description: A cluster.
type: application
version: 0.1.0
appVersion: "4.1.2"
kubeVersion: ">=1.31.0-0"
icon: https://example.com/icon.svg
home: https://example.com
sources:
  - https://example.com/source
keywords:
  - spark
maintainers:
  - name: someone
annotations:
  artifacthub.io/category: streaming-messaging
  artifacthub.io/license: Apache-2.0
  artifacthub.io/images: |
    - name: spark
      image: docker.io/apache/spark:4.1.2
  artifacthub.io/links: |
    - name: Guide
      url: https://example.com/guide
  artifacthub.io/changes: |
    - kind: added
      description: 'Workers: "two"'
`);
  });

  it('names the key that signs the charts', () => {
    const model = chartModel();
    const signKey = { fingerprint: 'A1'.repeat(20), url: 'https://example.com/key.asc' };
    const repository = { ...model.catalog.repository, signKey };
    const catalog = { ...model.catalog, repository };
    const { annotations } = parse(emitChartYaml({ ...model, catalog })) as {
      annotations: Record<string, string>;
    };
    expect(parse(annotations['artifacthub.io/signKey'] ?? '')).toEqual(signKey);
  });

  it.each([
    ['1.0.0-rc.1', 'true'],
    ['0.1.0', undefined],
  ])('of version %s has prerelease %s', (version, prerelease) => {
    const { annotations } = parse(emitChartYaml(chartModel({ version }))) as {
      annotations: Record<string, string>;
    };
    expect(annotations['artifacthub.io/prerelease']).toBe(prerelease);
  });

  it('quotes what YAML 1.1 takes for a boolean', () => {
    const model = chartModel();
    expect(emitChartYaml({ ...model, source: { ...model.source, keywords: ['on'] } })).toContain(
      '- "on"',
    );
  });
});
