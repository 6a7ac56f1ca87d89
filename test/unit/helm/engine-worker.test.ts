import { expect, onTestFinished, test } from 'vitest';
import { engineWorker, keyOf } from '../../../generator/src/helm/engine-worker.ts';
import { findTool } from '../../../generator/src/helm/find.ts';
import { useTools } from '../../support/tools.ts';
import { writeChart } from '../lint/chart.ts';

useTools('helm-engine');

test('it knows the eight charts that its process has used last', async () => {
  const file = await findTool('helm-engine', console.log);
  const worker = engineWorker({ file, environment: process.env });
  onTestFinished(() => worker.end());
  const path = await writeChart();
  const chart = (digest: number) => ({ path, digest: String(digest) });
  const load = (digest: number) => worker.ask({ method: 'load', chart: chart(digest), params: {} });
  for (const digest of [1, 2, 3, 4, 5, 6, 7, 8, 1, 9])
    expect(await load(digest)).toMatchObject({ result: { name: 'demo' } });
  expect([...worker.charts]).toEqual([3, 4, 5, 6, 7, 8, 1, 9].map((at) => keyOf(chart(at))));
});
