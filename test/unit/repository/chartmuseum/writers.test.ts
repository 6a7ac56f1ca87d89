import { beforeEach, expect, test } from 'vitest';
import { silent } from '../../../../generator/src/progress.ts';
import { ChartMuseumStore } from '../../../../generator/src/repository/chartmuseum/chartmuseum-store.ts';
import { archiveOf } from '../../archive/fixture.ts';
import { failureOf } from '../../network/server.ts';
import { signed } from '../directory/fixture.ts';
import { FakeChartMuseum, isUpload, spoilUpload } from './fake.ts';

let fake: FakeChartMuseum;
beforeEach(() => {
  fake = new FakeChartMuseum();
});

test('with the same charts both succeed', async () => {
  const archives = await Promise.all(
    Array.from({ length: 10 }, async (_, i) => signed(await archiveOf('demo', `1.0.${i}`))),
  );
  const { target } = await fake.listen();
  await Promise.all([0, 1, 2].map(() => new ChartMuseumStore(target).publish(archives, silent)));
  expect(fake.files.size).toBe(20);
});

test.each([false, true])(
  'what another uploads meanwhile is found out; may they overwrite: %s',
  async (allowOverwrite) => {
    const [ours, theirs] = [await archiveOf(), await archiveOf('demo', '1.0.0', 'b: 2\n')];
    fake = new FakeChartMuseum({
      allowOverwrite,
      intercept: (request, _, forward) => {
        const isOurs = isUpload(request);
        if (isOurs && !allowOverwrite) fake.files.set(theirs.fileName, Buffer.from(theirs.bytes));
        forward();
        if (isOurs) fake.files.set(theirs.fileName, Buffer.from(theirs.bytes));
      },
    });
    const { target } = await fake.listen();
    const error = await failureOf(new ChartMuseumStore(target).publish([ours], silent));
    expect(error).toMatchObject({ code: 'VERSION_EXISTS' });
    expect(error.message).toContain(`sha256:${ours.digest}, the repository has its file as`);
    expect(error.message).toContain(`sha256:${theirs.digest}`);
  },
);

test.each([
  ['demo-1.0.0.tgz', 0],
  ['demo-1.0.0.tgz', 20],
  ['demo-1.0.0.tgz.prov', 100],
])('%s that another has written %i bytes of is waited for', async (file, length) => {
  const archive = signed(await archiveOf());
  fake.files.set(archive.fileName, Buffer.from(archive.bytes));
  fake.files.set(`${archive.fileName}.prov`, Buffer.from(archive.provenance));
  const whole = fake.files.get(file) ?? Buffer.alloc(0);
  const files = new Map(fake.files).set(file, whole.subarray(0, length));
  fake = new FakeChartMuseum({
    intercept: ({ url }, _, forward) => {
      forward();
      if (url === `/charts/${file}`) fake.files.set(file, whole);
    },
  });
  for (const [name, bytes] of files) fake.files.set(name, bytes);
  fake.indexed = new Map();
  const { target } = await fake.listen();
  const plan = await new ChartMuseumStore(target).plan([archive]);
  expect(plan).toMatchObject({ uploads: [], provenance: [] });
});

test('an archive that stays in parts is one with other bytes', async () => {
  const archive = await archiveOf();
  fake.files.set(archive.fileName, Buffer.from(archive.bytes.subarray(0, 20)));
  fake.indexed = new Map();
  const { target } = await fake.listen();
  const error = await failureOf(new ChartMuseumStore(target).publish([archive], silent));
  expect(error).toMatchObject({ code: 'VERSION_EXISTS' });
});

test('where another was half-way through the same, what lacks is added', async () => {
  const archive = signed(await archiveOf());
  fake = spoilUpload((_, __, forward) => {
    fake.files.set('demo-1.0.0.tgz.prov', Buffer.from(archive.provenance));
    forward();
  });
  const { target, requests } = await fake.listen();
  await new ChartMuseumStore(target).publish([archive], silent);
  expect(requests.filter(isUpload)).toHaveLength(2);
  expect(fake.files.size).toBe(2);
});
