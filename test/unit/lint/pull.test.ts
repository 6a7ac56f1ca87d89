import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nameCharts, withLintTargets } from '../../../generator/src/lint/targets.ts';
import { watchCharts } from '../../../generator/src/lint/watch.ts';
import { silent } from '../../../generator/src/progress.ts';
import { useTools } from '../../support/tools.ts';
import { archiveOf } from '../archive/fixture.ts';
import { startRegistry } from '../helm/registry.ts';
import { writeChart } from './chart.ts';
import { finding, reportOf } from './formats/report.ts';

useTools('helm-4');

test('references are pulled, called what they were named, and removed afterwards', async () => {
  const { bytes } = await archiveOf();
  const { host } = await startRegistry('charts/demo', '1.0.0', bytes);
  const references = [`oci://${host}/charts/demo:1.0.0`, `http://${host}/charts/demo-1.0.0.tgz`];
  const chart = await writeChart();
  const options = { plainHttp: true, progress: silent };
  const paths = await withLintTargets([...references, chart], options, (targets) => {
    expect(targets.map(({ name }) => name)).toEqual([chart, ...references]);
    const pulled = targets.slice(1).map(({ path }) => path);
    expect(pulled.filter((path) => existsSync(path))).toEqual(pulled);
    return Promise.resolve(pulled);
  });
  expect(paths).toHaveLength(2);
  expect(paths.filter((path) => existsSync(path))).toEqual([]);
});

test('what cannot be watched is told without its password', async () => {
  const options = { kubeVersions: ['1.36'], progress: silent, onRound: () => undefined };
  await expect(watchCharts(['https://user:s3cret@example.com/x.tgz'], options)).rejects.toThrow(
    'https://…@example.com/x.tgz is not on this machine and cannot be watched',
  );
});

test('a report calls charts as they were named', () => {
  const report = reportOf(
    [finding({ chart: '/tmp/x.tgz' }), finding()],
    [{ ...finding({ chart: '/tmp/x.tgz' }), reason: 'a test', ignoredIn: 'values.yaml' }],
    ['/tmp/x.tgz', 'charts/a'],
  );
  const reference = 'oci://example.com/x';
  const named = nameCharts(report, [{ name: reference, path: '/tmp/x.tgz' }]);
  const expected = [reference, 'charts/a'];
  expect(named.charts.map(({ chart }) => chart)).toEqual(expected);
  expect(named.findings.map(({ chart }) => chart)).toEqual(expected);
  expect(named.suppressed.map(({ chart }) => chart)).toEqual([reference]);
});
