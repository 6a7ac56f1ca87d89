import { describe, expect, it } from 'vitest';
import { defaultValues } from '../../../generator/src/model/defaults.ts';
import { leafPaths } from '../../../generator/src/model/paths.ts';
import { resolveChart, resolveCharts } from '../../../generator/src/model/resolve.ts';
import { catalogWith, edited } from './sources.ts';

describe('resolveChart', () => {
  it('gives the newest line the plain name', () => {
    expect(resolveChart(catalogWith(), 'spark', '4.1')).toMatchObject({
      name: 'spark',
      newest: true,
      version: '0.1.0',
      appVersion: '4.1.2',
      components: [
        { name: 'common', title: 'Common', readme: 'Names and labels.' },
        { name: 'worker', title: 'Worker', readme: 'Workers of a cluster.' },
      ],
    });
    expect(resolveChart(catalogWith(), 'spark', '3.9')).toMatchObject({
      name: 'spark-3-9',
      newest: false,
    });
  });

  it('defaults to the fragments, then the components, then the chart', () => {
    expect(defaultValues(resolveChart(catalogWith(), 'spark', '4.1').values)).toEqual({
      nameOverride: '',
      commonLabels: {},
      worker: {
        replicas: 3,
        memory: null,
        startupProbe: { periodSeconds: 3, override: {} },
        tolerations: [],
        virtualThreads: true,
      },
    });
  });

  it('leaves out what a line does not have: values, their defaults, rules', () => {
    const chartDefault = edited('charts/spark/chart.yaml', 'replicas: 3', 'virtualThreads: false');
    const { values, rules } = resolveChart(catalogWith(chartDefault), 'spark', '3.9');
    expect(leafPaths(values).map((path) => path.join('.'))).not.toContain('worker.virtualThreads');
    expect(defaultValues(values)).not.toHaveProperty('worker.virtualThreads');
    expect(rules.map(({ id }) => id)).toEqual(['no-workers']);
    const newest = resolveChart(catalogWith(chartDefault), 'spark', '4.1');
    expect(defaultValues(newest.values)).toHaveProperty('worker.virtualThreads', false);
    expect(newest.rules.map(({ id }) => id)).toEqual(['no-workers', 'only-new']);
  });

  it('leaves no keyword for lines and no reference', () => {
    expect(JSON.stringify(resolveChart(catalogWith(), 'spark', '4.1').values)).not.toMatch(
      /x-lines|\$ref|\$defs/,
    );
  });

  it('leaves out entries of lists that a line does not have, and lists without entries', () => {
    const choice = edited(
      'components/worker/model.yaml',
      'type: [string, "null"]',
      'anyOf: [{ const: a, x-lines: "<4" }, { const: b }]\n        allOf: [{ type: string, x-lines: ">=4" }]\n        default: b',
    );
    const memory = (line: string) =>
      resolveChart(catalogWith(choice), 'spark', line).values.properties?.worker?.properties
        ?.memory;
    expect(memory('4.1')).toMatchObject({ anyOf: [{ const: 'b' }], allOf: [{ type: 'string' }] });
    expect(memory('3.9')).toMatchObject({ anyOf: [{ const: 'a' }, { const: 'b' }] });
    expect(memory('3.9')).not.toHaveProperty('allOf');
  });

  it('joins the conditions of all components', () => {
    const condition = (file: string) =>
      edited(
        `components/${file}/model.yaml`,
        'properties:',
        `allOf: [{ title: ${file} }]\nproperties:`,
      );
    const { values } = resolveChart(
      catalogWith({ ...condition('common'), ...condition('worker') }),
      'spark',
      '4.1',
    );
    expect(values.allOf).toMatchObject([{ title: 'common' }, { title: 'worker' }]);
  });

  it('says which charts and lines there are', () => {
    expect(() => resolveChart(catalogWith(), 'sprak', '4.1')).toThrow(
      'there is no chart "sprak", did you mean "spark"?',
    );
    expect(() => resolveChart(catalogWith(), 'spark', '4.2')).toThrow('there is no line "4.2"');
  });
});

describe('resolveCharts', () => {
  it.each([
    [undefined, ['spark', 'spark-3-9']],
    [['spark'], ['spark', 'spark-3-9']],
    [['spark-3-9'], ['spark-3-9']],
  ])('of %j', (names, charts) => {
    expect(resolveCharts(catalogWith(), names).map(({ name }) => name)).toEqual(charts);
  });

  it('refuses a name no chart has', () => {
    expect(() => resolveCharts(catalogWith(), ['spark', 'spark-3-8'])).toThrow(
      'did you mean "spark-3-9"?',
    );
  });
});
