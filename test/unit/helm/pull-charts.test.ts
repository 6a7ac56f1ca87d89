import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { type ChartReference, pullCharts } from '../../../generator/src/helm/pull-charts.ts';
import { silent } from '../../../generator/src/progress.ts';
import { useTools } from '../../support/tools.ts';
import { archiveOf } from '../archive/fixture.ts';
import { startRegistry } from './registry.ts';
import { temporaryFolder } from './temporary-folder.ts';

useTools('helm-4');

/** The bytes that references come to. */
async function pull(
  references: readonly ChartReference[],
  options: { plainHttp?: boolean; progress?: (text: string) => void } = {},
): Promise<Buffer[]> {
  const settings = { plainHttp: true, progress: silent, ...options };
  const paths = await pullCharts(references, await temporaryFolder(), settings);
  return Promise.all(paths.map((path) => readFile(path)));
}

test('charts are pulled by version, as the latest, by digest and from a server', async () => {
  const { bytes } = await archiveOf();
  const { host, digest } = await startRegistry('charts/demo', '1.0.0', bytes);
  const pulled = await pull(
    [
      `oci://${host}/charts/demo:1.0.0`,
      `oci://${host}/charts/demo`,
      `oci://${host}/charts/demo@${digest}`,
      `http://${host}/charts/demo-1.0.0.tgz`,
    ].map((chart) => ({ chart })),
  );
  expect(pulled).toHaveLength(4);
  for (const one of pulled) expect(one.equals(bytes)).toBe(true);
});

test('of a range the newest version is pulled', async () => {
  const versions = ['1.0.0', '1.2.0', '1.10.0', '2.0.0-rc.1'];
  const archives = await Promise.all(versions.map((version) => archiveOf('demo', version)));
  const others = Object.fromEntries(archives.map(({ version, bytes }) => [version, bytes]));
  const { bytes } = await archiveOf('demo', '2.0.0');
  const { host } = await startRegistry('charts/demo', '2.0.0', bytes, { others });
  const chart = `oci://${host}/charts/demo`;
  const [first, second] = await pull([
    { chart, version: '>=1.0.0 <2' },
    { chart, version: '1.2.0' },
  ]);
  expect(first?.equals(archives[2]?.bytes ?? Buffer.of())).toBe(true);
  expect(second?.equals(archives[1]?.bytes ?? Buffer.of())).toBe(true);
});

test('a version with build metadata is pulled by its tag', async () => {
  const { bytes } = await archiveOf('demo', '1.0.0+linux');
  const { host } = await startRegistry('charts/demo', '1.0.0_linux', bytes);
  const [pulled] = await pull([{ chart: `oci://${host}/charts/demo:1.0.0+linux` }]);
  expect(pulled?.equals(bytes)).toBe(true);
});

function failure(chart: string, plainHttp = true): Promise<unknown> {
  return pull([{ chart }], { plainHttp }).then(
    () => expect.fail('it was pulled'),
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
  const { host } = await startRegistry('charts/demo', '1.0.0', (await archiveOf()).bytes);
  expect(await failure(`oci://${host}/${path}`)).toMatchObject(expected);
});

test('an archive that the server does not have is refused', async () => {
  const { host } = await startRegistry('charts/demo', '1.0.0', (await archiveOf()).bytes);
  expect(await failure(`http://${host}/absent-1.0.0.tgz`)).toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining('is not there') as string,
  });
});

test('a registry that asks for a login is told', async () => {
  const options = { login: true };
  const { host } = await startRegistry('charts/demo', '1.0.0', (await archiveOf()).bytes, options);
  expect(await failure(`oci://${host}/charts/demo:1.0.0`)).toMatchObject({
    code: 'NETWORK',
    message: expect.stringContaining('needs a login') as string,
    next: expect.stringContaining('work with the archive') as string,
  });
});

test('a registry without TLS needs the flag', async () => {
  const { host } = await startRegistry('charts/demo', '1.0.0', (await archiveOf()).bytes);
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
  const error: unknown = await pull([{ chart: reference }], options).then(
    () => expect.fail('it was pulled'),
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: 'USAGE' });
  expect(String(error)).toContain(message);
  expect([...said, String(error)].join()).not.toMatch(/s3c|ret@/);
});
