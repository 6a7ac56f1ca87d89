import { beforeEach, expect, test } from 'vitest';
import { silent } from '../../../../generator/src/progress.ts';
import { ChartMuseumStore } from '../../../../generator/src/repository/chartmuseum/chartmuseum-store.ts';
import { archiveOf } from '../../archive/fixture.ts';
import { FakeChartMuseum, isUpload, spoilUpload } from './fake.ts';

let fake: FakeChartMuseum;
beforeEach(() => {
  fake = new FakeChartMuseum();
});

test('an index that comes later is waited for', async () => {
  const archive = await archiveOf();
  let asked = 0;
  fake = new FakeChartMuseum({
    intercept: ({ url }, _, forward) => {
      if (url === '/index.yaml' && ++asked === 2) fake.indexed = fake.files;
      return forward();
    },
  });
  fake.indexed = new Map();
  const { target } = await fake.listen();
  const plan = await new ChartMuseumStore(target).publish([archive], silent);
  expect([asked, plan.warnings]).toEqual([2, []]);
});

test('an index that lists other bytes is a warning', async () => {
  const [archive, other] = [await archiveOf(), await archiveOf('demo', '1.0.0', 'b: 2\n')];
  fake = spoilUpload((_, __, forward) => {
    fake.indexed = new Map([[other.fileName, Buffer.from(other.bytes)]]);
    return forward();
  });
  const { target } = await fake.listen();
  const { warnings } = await new ChartMuseumStore(target).publish([archive], silent);
  expect(warnings).toHaveLength(1);
});

test('an index that does not come is a warning, and again with the next run', async () => {
  fake.indexed = new Map();
  const { target, repository, requests } = await fake.listen();
  const archives = [await archiveOf()];
  const { warnings } = await new ChartMuseumStore(target).publish(archives, silent);
  expect(warnings).toMatchObject([
    {
      message: expect.stringContaining(
        'demo 1.0.0 is there, but the index does not list it',
      ) as string,
      file: `${repository}/index.yaml`,
      hint: expect.stringContaining('--always-regenerate-chart-index') as string,
    },
  ]);
  requests.length = 0;
  const again = await new ChartMuseumStore(target).publish(archives, silent);
  expect(again).toMatchObject({ uploads: [], additions: [{ name: 'demo' }], warnings });
  expect(requests.filter(isUpload)).toEqual([]);
});
