import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { runHelm, withHelm } from '../../../generator/src/helm/helm.ts';
import { nameCharts, withLintTargets } from '../../../generator/src/lint/targets.ts';
import { watchCharts } from '../../../generator/src/lint/watch.ts';
import { silent } from '../../../generator/src/progress.ts';
import { useTools } from '../../support/tools.ts';
import { writeChart } from './chart.ts';
import { finding, reportOf } from './formats/report.ts';
import { startRegistry } from './registry.ts';

useTools('helm-4');

const plain = { plainHttp: true, progress: silent };

/** The bytes of the chart of the tests, packed by Helm itself. */
async function archive(): Promise<Buffer> {
  const chart = await writeChart();
  const directory = dirname(chart);
  await withHelm('helm-4', silent, (helm) =>
    runHelm(helm, ['package', chart, `--destination=${directory}`]),
  );
  return readFile(join(directory, 'demo-1.0.0.tgz'));
}

test('charts are pulled by version, as the latest, by digest and from a server', async () => {
  const bytes = await archive();
  const { host, digest } = await startRegistry('charts/demo', '1.0.0', bytes);
  const references = [
    `oci://${host}/charts/demo:1.0.0`,
    `oci://${host}/charts/demo`,
    `oci://${host}/charts/demo@${digest}`,
    `http://${host}/charts/demo-1.0.0.tgz`,
  ];
  const chart = await writeChart();
  const paths = await withLintTargets([...references, chart], plain, async (targets) => {
    expect(targets.map(({ name }) => name)).toEqual([chart, ...references]);
    const pulled = targets.slice(1).map(({ path }) => path);
    for (const path of pulled) expect((await readFile(path)).equals(bytes), path).toBe(true);
    return pulled;
  });
  expect(paths).toHaveLength(4);
  expect(paths.filter((path) => existsSync(path))).toEqual([]);
});

test('a version with build metadata is pulled by its tag', async () => {
  const bytes = await archive();
  const { host } = await startRegistry('charts/demo', '1.0.0_linux', bytes);
  const reference = `oci://${host}/charts/demo:1.0.0+linux`;
  const count = await withLintTargets([reference], plain, (targets) =>
    Promise.resolve(targets.length),
  );
  expect(count).toBe(1);
});

async function failure(reference: string, plainHttp = true): Promise<unknown> {
  const use = () => Promise.reject(new Error('it was pulled'));
  return withLintTargets([reference], { ...plain, plainHttp }, use).catch(
    (error: unknown) => error,
  );
}

test.each([
  [
    'charts/demo:9.9.9',
    { code: 'USAGE', message: expect.stringContaining('is not there') as string },
  ],
  ['charts/other', { code: 'USAGE', message: expect.stringContaining('is not there') as string }],
  [
    'charts/demo:newest',
    { code: 'USAGE', message: expect.stringContaining('is no reference') as string },
  ],
  ['CHARTS/demo', { code: 'USAGE', message: expect.stringContaining('is no reference') as string }],
])('%s is refused', async (path, expected) => {
  const { host } = await startRegistry('charts/demo', '1.0.0', await archive());
  expect(await failure(`oci://${host}/${path}`)).toMatchObject(expected);
});

test('an archive that the server does not have is refused', async () => {
  const { host } = await startRegistry('charts/demo', '1.0.0', await archive());
  expect(await failure(`http://${host}/absent-1.0.0.tgz`)).toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining('is not there') as string,
  });
});

test('a registry that asks for a login is told', async () => {
  const options = { login: true };
  const { host } = await startRegistry('charts/demo', '1.0.0', await archive(), options);
  expect(await failure(`oci://${host}/charts/demo:1.0.0`)).toMatchObject({
    code: 'NETWORK',
    message: expect.stringContaining('needs a login') as string,
    next: expect.stringContaining('lint the archive') as string,
  });
});

test('a registry without TLS needs the flag', async () => {
  const { host } = await startRegistry('charts/demo', '1.0.0', await archive());
  expect(await failure(`oci://${host}/charts/demo:1.0.0`, false)).toMatchObject({
    code: 'NETWORK',
    message: expect.stringContaining('is served without TLS') as string,
    next: expect.stringContaining('--plain-http') as string,
  });
});

test('a server that is not there is told', async () => {
  expect(await failure('oci://127.0.0.1:1/charts/demo:1.0.0')).toMatchObject({
    code: 'NETWORK',
    message: expect.stringContaining('connection refused') as string,
  });
});

test.each([
  ['oci://example.com/charts/demo', true],
  ['http://example.com/demo-1.0.0.tgz', false],
  ['oci://127.0.0.1.example.com/charts/demo', true],
  ['oci:///demo', false],
  ['oci://example.com/a b', false],
])('%s is refused before anything is sent', async (reference, plainHttp) => {
  expect(await failure(reference, plainHttp)).toMatchObject({ code: 'USAGE' });
});

test.each([
  ['https://user:s3cret@example.com/x.tgz', 'https://…@example.com/x.tgz has a login'],
  ['HTTPS://user:s3cret@example.com/x.tgz', 'HTTPS://…@example.com/x.tgz has a login'],
  ['oci://user:s3cret@example.com/x:1.0.0', 'oci://…@example.com/x:1.0.0 has a login'],
  ['https://s3cret@example.com/x.tgz', 'https://…@example.com/x.tgz has a login'],
  ['https://user:s3c/ret@example.com/x.tgz', 'https://…@example.com/x.tgz is no reference'],
  ['oci://user:s3c ret@example.com/x', 'oci://…@example.com/x '],
])('%s is refused without its password being told', async (reference, message) => {
  const said: string[] = [];
  const options = { plainHttp: false, progress: (text: string) => void said.push(text) };
  const use = () => Promise.reject(new Error('it was pulled'));
  const error: unknown = await withLintTargets([reference], options, use).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: 'USAGE' });
  expect(String(error)).toContain(message);
  expect([...said, String(error)].join()).not.toMatch(/s3c|ret@/);
});

test('nor is it told when it cannot be watched', async () => {
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
