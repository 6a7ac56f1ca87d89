import { beforeEach, expect, test } from 'vitest';
import { silent } from '../../../../generator/src/progress.ts';
import { ChartMuseumStore } from '../../../../generator/src/repository/chartmuseum/chartmuseum-store.ts';
import { archiveOf } from '../../archive/fixture.ts';
import { signed } from '../directory/fixture.ts';
import { FakeChartMuseum, isUpload, pathsOf } from './fake.ts';

let fake: FakeChartMuseum;
beforeEach(() => {
  fake = new FakeChartMuseum();
});

test('uploads charts, with provenance in one request, and reads all back', async () => {
  const [one, two] = [signed(await archiveOf('one', '1.0.0+a.b')), await archiveOf('two')];
  const { target, repository, requests } = await fake.listen();
  const plan = await new ChartMuseumStore(target).publish([one, two, two], silent);
  expect(plan.uploads.map(({ fileName }) => fileName)).toEqual([one.fileName, two.fileName]);
  expect(plan.additions.flatMap(({ urls }) => urls)).toEqual([
    `${repository}/charts/one-1.0.0+a.b.tgz`,
    `${repository}/charts/two-1.0.0.tgz`,
  ]);
  expect(plan).toMatchObject({
    provenance: [`${one.fileName}.prov`],
    warnings: [],
    unchanged: [],
  });
  expect(fake.files).toEqual(
    new Map([
      [one.fileName, Buffer.from(one.bytes)],
      [`${one.fileName}.prov`, Buffer.from(one.provenance)],
      [two.fileName, Buffer.from(two.bytes)],
    ]),
  );
  const asked = pathsOf(requests);
  expect(asked.filter((path) => path.startsWith('POST'))).toEqual([
    'POST /api/charts',
    'POST /api/charts',
  ]);
  const lastUpload = asked.lastIndexOf('POST /api/charts');
  expect(asked.slice(lastUpload)).toEqual(
    expect.arrayContaining(['GET /charts/two-1.0.0.tgz', 'GET /api/charts/two/1.0.0']),
  );
  expect(asked).toContain('GET /api/charts/one/1.0.0%2Ba.b');
  expect(asked.at(-1)).toBe('GET /index.yaml');
});

test('a plan writes nothing', async () => {
  const { target, requests } = await fake.listen();
  const plan = await new ChartMuseumStore(target).plan([signed(await archiveOf())]);
  expect([plan.uploads.length, plan.additions.length, plan.provenance]).toEqual([
    1,
    1,
    ['demo-1.0.0.tgz.prov'],
  ]);
  expect(requests.filter(isUpload)).toEqual([]);
});

test('the same again changes nothing, whoever signed it', async () => {
  const { target, requests } = await fake.listen();
  const archive = await archiveOf();
  await new ChartMuseumStore(target).publish([signed(archive)], silent);
  const before = new Map(fake.files);
  requests.length = 0;
  const plan = await new ChartMuseumStore(target).publish([signed(archive, 'other')], silent);
  expect(plan).toMatchObject({ uploads: [], additions: [], provenance: [], warnings: [] });
  expect(plan.unchanged.map(({ digest }) => digest)).toEqual([archive.digest]);
  expect(pathsOf(requests).toSorted()).toEqual([
    'GET /api/charts/demo/1.0.0',
    'GET /charts/demo-1.0.0.tgz',
    'GET /charts/demo-1.0.0.tgz.prov',
  ]);
  expect(fake.files).toEqual(before);
});

test('a tenant has its path in front, after that of the API', async () => {
  fake = new FakeChartMuseum({ tenant: '/org/repo' });
  const { target, requests } = await fake.listen();
  await new ChartMuseumStore(`${target}/`).publish([await archiveOf()], silent);
  expect(fake.files.size).toBe(1);
  expect(pathsOf(requests)).toContain('POST /api/org/repo/charts');
  expect(pathsOf(requests)).toContain('GET /org/repo/index.yaml');
});

test('versions that differ in what stands after a plus are two', async () => {
  const { target } = await fake.listen();
  await new ChartMuseumStore(target).publish([await archiveOf('demo', '1.0.0+a')], silent);
  const other = await archiveOf('demo', '1.0.0+b', 'b: 2\n');
  const plan = await new ChartMuseumStore(target).publish([other], silent);
  expect([plan.uploads.length, plan.additions.length]).toEqual([1, 1]);
  expect([...fake.files.keys()]).toEqual(['demo-1.0.0+a.tgz', 'demo-1.0.0+b.tgz']);
});

test('of equal archives the signed one is taken', async () => {
  const { target } = await fake.listen();
  const archive = await archiveOf();
  await new ChartMuseumStore(target).publish([signed(archive), archive], silent);
  expect(fake.files.size).toBe(2);
});
