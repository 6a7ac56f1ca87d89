import { beforeEach, expect, test } from 'vitest';
import { silent } from '../../../../generator/src/progress.ts';
import { ChartMuseumStore } from '../../../../generator/src/repository/chartmuseum/chartmuseum-store.ts';
import { archiveOf } from '../../archive/fixture.ts';
import { failureOf } from '../../network/server.ts';
import { signed } from '../directory/fixture.ts';
import { FakeChartMuseum, isUpload, pathsOf } from './fake.ts';

let fake: FakeChartMuseum;
beforeEach(() => {
  fake = new FakeChartMuseum();
});

test.each([true, false])(
  'a version with other bytes stops everything, and both digests are named; listed: %s',
  async (isListed) => {
    const [before, after] = [await archiveOf(), await archiveOf('demo', '1.0.0', 'b: 2\n')];
    fake.files.set(before.fileName, Buffer.from(before.bytes));
    if (!isListed) fake.indexed = new Map();
    const { target, requests } = await fake.listen();
    const others = [await archiveOf('other'), after];
    const error = await failureOf(new ChartMuseumStore(target).publish(others, silent));
    expect(error).toMatchObject({ code: 'VERSION_EXISTS' });
    expect(error.problems.map(({ message }) => message)).toEqual([
      `demo 1.0.0 is sha256:${after.digest}, the repository has its file as sha256:${before.digest}`,
    ]);
    expect(requests.filter(isUpload)).toEqual([]);
  },
);

test('a version that is listed with other bytes stops everything, its file gone or not', async () => {
  const [before, after] = [await archiveOf(), await archiveOf('demo', '1.0.0', 'b: 2\n')];
  fake.indexed = new Map([[before.fileName, Buffer.from(before.bytes)]]);
  const { target } = await fake.listen();
  const error = await failureOf(new ChartMuseumStore(target).plan([after]));
  expect(error.problems[0]?.message).toContain(`ChartMuseum has it as sha256:${before.digest}`);
});

test('an archive that is missing though it is listed is uploaded', async () => {
  const archive = await archiveOf();
  fake.indexed = new Map([[archive.fileName, Buffer.from(archive.bytes)]]);
  const { target } = await fake.listen();
  const plan = await new ChartMuseumStore(target).publish([archive], silent);
  expect(plan).toMatchObject({ uploads: [{ name: 'demo' }], additions: [], unchanged: [] });
  expect(fake.files.get(archive.fileName)).toEqual(Buffer.from(archive.bytes));
});

test('provenance that is missing is added on its own', async () => {
  const archive = signed(await archiveOf());
  fake.files.set(archive.fileName, Buffer.from(archive.bytes));
  const { target, requests } = await fake.listen();
  const plan = await new ChartMuseumStore(target).publish([archive], silent);
  expect(plan).toMatchObject({ uploads: [], provenance: ['demo-1.0.0.tgz.prov'] });
  expect(pathsOf(requests.filter(isUpload))).toEqual(['POST /api/prov']);
  expect(fake.files.get('demo-1.0.0.tgz.prov')).toEqual(archive.provenance);
});

test('an archive that is missing beside its provenance is added on its own', async () => {
  const archive = signed(await archiveOf());
  fake.files.set('demo-1.0.0.tgz.prov', Buffer.from(archive.provenance));
  const { target } = await fake.listen();
  const plan = await new ChartMuseumStore(target).publish([archive], silent);
  expect(plan).toMatchObject({ uploads: [{ name: 'demo' }], provenance: [] });
  expect(fake.files.get(archive.fileName)).toEqual(Buffer.from(archive.bytes));
});

test('provenance of another archive stops everything, for it would stay', async () => {
  const [before, after] = [await archiveOf(), signed(await archiveOf('demo', '1.0.0', 'b: 2\n'))];
  fake.files.set('demo-1.0.0.tgz.prov', Buffer.from(signed(before).provenance));
  const { target, requests } = await fake.listen();
  const error = await failureOf(new ChartMuseumStore(target).publish([after], silent));
  expect(error).toMatchObject({ code: 'PROVENANCE_INVALID' });
  expect(error.message).toContain('demo-1.0.0.tgz.prov is about another archive');
  expect(requests.filter(isUpload)).toEqual([]);
});

test('a server that takes provenance for another is given the archive on its own', async () => {
  const archive = signed(await archiveOf());
  fake = new FakeChartMuseum({
    intercept: ({ headers }, response, forward) =>
      headers['content-type']?.startsWith('multipart/') === true
        ? response.writeHead(409).end()
        : forward(),
  });
  const { target } = await fake.listen();
  await new ChartMuseumStore(target).publish([archive], silent);
  expect(fake.files.size).toBe(2);
});
