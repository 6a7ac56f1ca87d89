import type { IncomingMessage } from 'node:http';
import { beforeEach, describe, expect, test } from 'vitest';
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

const paths = (requests: IncomingMessage[]) =>
  requests.map(({ method, url }) => `${method} ${url}`);

describe('publishing', () => {
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
    const asked = paths(requests);
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
    expect(paths(requests).toSorted()).toEqual([
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
    expect(paths(requests)).toContain('POST /api/org/repo/charts');
    expect(paths(requests)).toContain('GET /org/repo/index.yaml');
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
});

describe('what is there already', () => {
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
    expect(paths(requests.filter(isUpload))).toEqual(['POST /api/prov']);
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
});

describe('two at once', () => {
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
  }, 20_000);

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
});

describe('the index', () => {
  test('that comes later is waited for', async () => {
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

  test('that lists other bytes is a warning', async () => {
    const [archive, other] = [await archiveOf(), await archiveOf('demo', '1.0.0', 'b: 2\n')];
    fake = spoilUpload((_, __, forward) => {
      fake.indexed = new Map([[other.fileName, Buffer.from(other.bytes)]]);
      return forward();
    });
    const { target } = await fake.listen();
    const { warnings } = await new ChartMuseumStore(target).publish([archive], silent);
    expect(warnings).toHaveLength(1);
  }, 20_000);

  test('that does not come is a warning, and again with the next run', async () => {
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
  }, 30_000);
});
