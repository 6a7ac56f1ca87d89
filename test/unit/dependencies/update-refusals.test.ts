import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { fetchDependency } from '../../../generator/src/dependencies/fetch.ts';
import { silent } from '../../../generator/src/progress.ts';
import { readIndex } from '../../../generator/src/repository/index-file/document.ts';
import { useTools } from '../../support/tools.ts';
import { archiveOf, chartYaml } from '../archive/fixture.ts';
import { write } from '../fileset/fixture.ts';
import { startRegistry } from '../helm/registry.ts';
import {
  dependentChart,
  expectRefusal,
  indexOf,
  saying,
  startRepository,
  update,
  versionsOf,
} from './fixture.ts';

useTools('helm-4');

afterEach(() => {
  vi.unstubAllEnvs();
});

test('all that cannot be had is told, and nothing is written', async () => {
  const repository = await startRepository(await versionsOf('lib', ['1.0.0']));
  const chart = dependentChart([
    { name: 'absent', version: '1', repository: repository.url },
    { name: 'lib', version: '^1', repository: repository.url },
    { name: 'lib', version: '^7', repository: repository.url, alias: 'seven' },
  ]);
  await expectRefusal(chart, {
    code: 'DEPENDENCIES_INVALID',
    message: `2 dependencies of ${chart} cannot be had`,
    problems: [
      { message: saying('absent 1 from http') },
      { message: saying('no version that fits') },
    ],
  });
});

test('an archive other than the index promises is refused', async () => {
  const [good] = await versionsOf('lib', ['1.0.0']);
  if (!good) return expect.fail();
  const repository = await startRepository([good]);
  const { bytes, digest } = await archiveOf('lib', '1.0.0', 'forged: true\n');
  repository.files.set('/charts/lib-1.0.0.tgz', bytes);
  const chart = dependentChart([{ name: 'lib', version: '1', repository: repository.url }]);
  await expectRefusal(chart, {
    code: 'DEPENDENCIES_INVALID',
    message: saying(`promises sha256:${good.digest}, what it sends is sha256:${digest}`),
  });
});

test.each([
  ['another chart', () => archiveOf('other', '1.0.0'), 'DEPENDENCIES_INVALID'],
  ['no chart', () => ({ bytes: Buffer.from('hello') }), 'ARCHIVE_INVALID'],
])('%s under the name is refused', async (_, make, code) => {
  const { bytes } = await make();
  const repository = await startRepository([]);
  repository.files.set('/charts/index.yaml', indexOf([{ name: 'lib', version: '1.0.0' }]));
  repository.files.set('/charts/lib-1.0.0.tgz', bytes);
  const chart = dependentChart([{ name: 'lib', version: '1', repository: repository.url }]);
  await expectRefusal(chart, { code });
});

test('an archive of another version than the index says is refused', async () => {
  const [lib] = await versionsOf('lib', ['1.9.0']);
  if (!lib) return expect.fail();
  const repository = await startRepository([lib]);
  const url = lib.fileName;
  const chart = dependentChart([{ name: 'lib', version: '1.2.x', repository: repository.url }]);
  repository.files.set('/charts/index.yaml', indexOf([{ name: 'lib', version: '1.2.0', url }]));
  await expectRefusal(chart, {
    code: 'DEPENDENCIES_INVALID',
    message: saying('index has it as 1.2.0, the chart there has version 1.9.0'),
  });
});

test('a registry that gives another version than its tag says is refused', async () => {
  const { bytes } = await archiveOf('lib', '9.9.9');
  const { host } = await startRegistry('charts/lib', '1.0.0', bytes);
  const chart = dependentChart([
    { name: 'lib', version: '1.x', repository: `oci://${host}/charts` },
  ]);
  await expectRefusal(chart, { code: 'DEPENDENCIES_INVALID', message: saying('version 9.9.9') });
});

test('an index that was fetched over TLS has nothing fetched without it, not from this machine', async () => {
  const near = await startRepository(await versionsOf('lib', ['1.0.0']));
  const url = `${near.url}/lib-1.0.0.tgz`;
  const text = indexOf([{ name: 'lib', version: '1.0.0', url }]);
  const repository = 'https://example.com/charts';
  const indexes = new Map([
    [repository, Promise.resolve(readIndex(Buffer.from(text), 'x').document)],
  ]);
  const wanted = { name: 'lib', version: '1.0.0', repository };
  const options = { chart: '.', plainHttp: false, progress: silent, indexes };
  await expect(fetchDependency(wanted, options)).rejects.toMatchObject({
    code: 'DEPENDENCIES_INVALID',
    message: saying('which is not encrypted'),
  });
  expect(near.paths).toEqual([]);
});

test('what an index names that is no URL is refused', async () => {
  const repository = await startRepository([]);
  const lib = { name: 'lib', version: '1.0.0' };
  repository.files.set('/charts/index.yaml', indexOf([{ ...lib, url: 'http://[' }]));
  const chart = dependentChart([{ ...lib, repository: repository.url }]);
  await expectRefusal(chart, { code: 'DEPENDENCIES_INVALID', message: saying('is no URL') });
});

test.each([
  ['a name of a repository', { repository: '@stable' }, 'helm repo add'],
  ['an alias', { repository: 'alias:stable' }, 'helm repo add'],
  ['no URL', { repository: 'stable' }, 'is an https://, oci:// or file:// URL'],
  ['another protocol', { repository: 'ftp://example.com' }, 'is an https://, oci://'],
  ['no host', { repository: 'https://' }, 'is no URL'],
  ['no version', { version: '' }, 'is no version and no range'],
  ['no range', { version: 'latest' }, 'is no version and no range'],
  ['a folder that is not there', { repository: 'file://../absent' }, 'there is no folder'],
  ['another version in the folder', { repository: 'file://../lib' }, 'has version 2.0.0'],
  ['another chart in the folder', { repository: 'file://../other' }, 'is called other'],
  ['nothing in charts/', { repository: '' }, 'names no repository and is not in charts/'],
  ['another version in charts/', { name: 'own', repository: '' }, 'charts/ has version 3.0.0'],
])('%s is refused', async (_, fields, message) => {
  const dependency = { name: 'lib', version: '1.x', repository: '', ...fields };
  const chart = dependentChart([dependency], {
    'charts/own/Chart.yaml': chartYaml('own', '3.0.0'),
  });
  write(join(chart, '..', 'lib', 'Chart.yaml'), chartYaml('lib', '2.0.0'));
  write(join(chart, '..', 'other', 'Chart.yaml'), chartYaml('other', '1.0.0'));
  await expectRefusal(chart, { code: 'DEPENDENCIES_INVALID', message: saying(message) });
});

test.each([
  ['http://example.com/charts', 'USAGE', 'takes TLS'],
  ['https://me:s3cret@example.com/charts', 'USAGE', 'has a login'],
  ['oci://me:s3cret@example.com/charts', 'USAGE', 'has a login'],
  ['http://127.0.0.1:1/charts', 'NETWORK', '127.0.0.1:1/charts/index.yaml'],
])('nothing is fetched from %s', async (repository, code, message) => {
  const chart = dependentChart([{ name: 'lib', version: '1.x', repository }]);
  const error: unknown = await update(chart).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code, message: saying(message) });
  expect(JSON.stringify(error) + String(error)).not.toContain('s3cret');
});

test('a place that cannot be written is told', async () => {
  const chart = dependentChart([{ name: 'own', version: '*', repository: 'file://../own' }]);
  write(join(chart, '..', 'own', 'Chart.yaml'), chartYaml('own'));
  writeFileSync(join(chart, 'charts'), '');
  await expect(update(chart)).rejects.toMatchObject({ code: 'FILE_SYSTEM' });
});
