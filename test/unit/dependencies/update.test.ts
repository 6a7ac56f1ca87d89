import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterEach, expect, test, vi } from 'vitest';
import { packChart } from '../../../generator/src/archive/pack.ts';
import { useTools } from '../../support/tools.ts';
import { archiveOf, chartYaml } from '../archive/fixture.ts';
import { textsIn, write } from '../fileset/fixture.ts';
import { startRegistry } from '../helm/registry.ts';
import {
  dependentChart,
  digestIn,
  expectRefusal,
  indexOf,
  saying,
  startRepository,
  update,
  versionsOf,
  writeArchive,
} from './fixture.ts';

useTools('helm-4');

afterEach(() => {
  vi.unstubAllEnvs();
});

function chartsIn(chart: string): string[] {
  return readdirSync(join(chart, 'charts')).toSorted();
}

function lockedVersions(chart: string): string[] {
  const { dependencies } = load(textsIn(chart)['Chart.lock'] ?? '') as {
    dependencies: { version: string }[];
  };
  return dependencies.map(({ version }) => version);
}

test('the newest versions that fit are vendored and locked, each index fetched once', async () => {
  const repository = await startRepository([
    ...(await versionsOf('lib', ['1.0.0', '1.10.0', '1.9.0', '2.0.0'])),
    ...(await versionsOf('app', ['0.1.0'])),
  ]);
  const chart = dependentChart([
    { name: 'lib', version: '1.x', repository: repository.url },
    { name: 'app', version: '*', repository: repository.url },
    { name: 'lib', version: '2.x', repository: repository.url, alias: 'second' },
  ]);
  vi.stubEnv('SOURCE_DATE_EPOCH', '1700000000');
  await update(chart);
  expect(chartsIn(chart)).toEqual(['app-0.1.0.tgz', 'lib-1.10.0.tgz', 'lib-2.0.0.tgz']);
  expect(lockedVersions(chart)).toEqual(['1.10.0', '0.1.0', '2.0.0']);
  expect(textsIn(chart)['Chart.lock']).toContain('generated: "2023-11-14T22:13:20Z"');
  expect(repository.paths.filter((path) => path.endsWith('index.yaml'))).toHaveLength(1);
  expect((await packChart(chart)).digest).toMatch(/^\w{64}$/);
});

test('a lock that belongs to the dependencies decides, and keeps its bytes', async () => {
  const repository = await startRepository(await versionsOf('lib', ['1.0.0']));
  const dependency = { name: 'lib', version: '1.x', repository: repository.url };
  const chart = dependentChart([dependency]);
  vi.stubEnv('SOURCE_DATE_EPOCH', '1700000000');
  await update(chart);
  vi.unstubAllEnvs();
  const lock = digestIn(chart, 'Chart.lock');
  const archives = await versionsOf('lib', ['1.0.0', '1.1.0']);
  repository.files.set('/charts/index.yaml', indexOf(archives));
  for (const { fileName, bytes } of archives) repository.files.set(`/charts/${fileName}`, bytes);
  rmSync(join(chart, 'charts'), { recursive: true });
  await update(chart);
  expect(chartsIn(chart)).toEqual(['lib-1.0.0.tgz']);
  expect(digestIn(chart, 'Chart.lock')).toBe(lock);

  const more = `dependencies: ${JSON.stringify([{ ...dependency, version: '>=1' }])}\n`;
  write(join(chart, 'Chart.yaml'), chartYaml('demo', '1.0.0', more));
  await update(chart);
  expect(chartsIn(chart)).toEqual(['lib-1.1.0.tgz']);
  expect(lockedVersions(chart)).toEqual(['1.1.0']);
});

test('a locked version is that very version, build metadata too', async () => {
  const [one, two] = await versionsOf('lib', ['1.0.0+1', '1.0.0+2']);
  if (!one || !two) return expect.fail();
  const repository = await startRepository([one, two]);
  const chart = dependentChart([{ name: 'lib', version: '1.0.0+1', repository: repository.url }]);
  await update(chart);
  expect(chartsIn(chart)).toEqual(['lib-1.0.0+1.tgz']);
  repository.files.set('/charts/index.yaml', indexOf([two]));
  await expectRefusal(chart, { code: 'DEPENDENCIES_INVALID', message: saying('exactly') });
});

test('what stands in charts/ stays, but for archives of other versions', async () => {
  const repository = await startRepository(await versionsOf('lib', ['2.0.0']));
  const chart = dependentChart([{ name: 'lib', version: '*', repository: repository.url }], {
    'charts/own/Chart.yaml': chartYaml('own'),
    'charts/lib-1.0.0.tgz.prov': 'a signature',
  });
  writeArchive(chart, await archiveOf('lib', '1.0.0'));
  writeArchive(chart, await archiveOf('other', '1.0.0'));
  // Left by a run that was killed.
  write(join(chart, 'charts', '.vendoring', 'lib-3.0.0.tgz'), 'part of it');
  await update(chart);
  expect(chartsIn(chart)).toEqual([
    ...['lib-1.0.0.tgz.prov', 'lib-2.0.0.tgz', 'other-1.0.0.tgz', 'own'],
  ]);
});

test('the chart as a folder is not pushed aside', async () => {
  const repository = await startRepository(await versionsOf('lib', ['2.0.0']));
  const chart = dependentChart([{ name: 'lib', version: '*', repository: repository.url }], {
    'charts/lib/Chart.yaml': chartYaml('lib', '1.0.0'),
  });
  await expectRefusal(chart, {
    code: 'DEPENDENCIES_INVALID',
    message: saying('charts/lib is lib already'),
  });
});

test('an index may name archives elsewhere, and in a registry', async () => {
  const [lib, app] = [await archiveOf('lib', '1.0.0'), await archiveOf('app', '1.0.0')];
  const elsewhere = await startRepository([lib]);
  const { host } = await startRegistry('charts/app', '1.0.0', app.bytes);
  const repository = await startRepository([]);
  repository.files.set(
    '/charts/index.yaml',
    indexOf([
      { ...lib, url: `${elsewhere.url}/lib-1.0.0.tgz` },
      { ...app, url: `oci://${host}/charts/app:1.0.0` },
    ]),
  );
  const chart = dependentChart(
    ['lib', 'app'].map((name) => ({ name, version: '*', repository: `${repository.url}/` })),
  );
  await update(chart);
  expect(digestIn(chart, 'charts/lib-1.0.0.tgz')).toBe(lib.digest);
  expect(digestIn(chart, 'charts/app-1.0.0.tgz')).toBe(app.digest);
});

test('a registry gives one version or the newest of a range', async () => {
  const versions = await versionsOf('lib', ['1.0.0', '1.1.0', '1.2.0+linux']);
  const others = Object.fromEntries(
    versions.map(({ version, bytes }) => [version.replace('+', '_'), bytes]),
  );
  const { bytes } = await archiveOf('lib', '2.0.0');
  const { host } = await startRegistry('charts/lib', '2.0.0', bytes, { others });
  for (const [version, expected] of [
    ['1.0.0', '1.0.0'],
    ['>=1.0.0 <1.2.0', '1.1.0'],
    ['1.2.0+linux', '1.2.0+linux'],
    ['*', '2.0.0'],
  ] as const) {
    const chart = dependentChart([{ name: 'lib', version, repository: `oci://${host}/charts/` }]);
    await update(chart);
    expect(chartsIn(chart)).toEqual([`lib-${expected}.tgz`]);
    expect(lockedVersions(chart)).toEqual([expected]);
    // And once more, by the lock.
    await update(chart);
    expect(chartsIn(chart)).toEqual([`lib-${expected}.tgz`]);
  }
  const chart = dependentChart([
    { name: 'lib', version: '^7', repository: `oci://${host}/charts` },
  ]);
  await expectRefusal(chart, { code: 'USAGE', message: saying('is not there') });
});

test('charts in folders are packed, the same bytes as by themselves', async () => {
  const chart = dependentChart([
    { name: 'near', version: '1.x', repository: 'file://../near' },
    { name: 'own', version: '1.x', repository: '' },
  ]);
  write(join(chart, '..', 'near', 'Chart.yaml'), chartYaml('near', '1.5.0'));
  write(join(chart, 'charts', 'own', 'Chart.yaml'), chartYaml('own', '1.7.0'));
  await update(chart);
  const { digest } = await packChart(join(chart, '..', 'near'));
  expect(digestIn(chart, 'charts/near-1.5.0.tgz')).toBe(digest);
  expect(lockedVersions(chart)).toEqual(['1.5.0', '1.x']);
});

test('two runs at once leave one whole result', async () => {
  const repository = await startRepository(await versionsOf('lib', ['1.0.0']));
  const chart = dependentChart([{ name: 'lib', version: '1.x', repository: repository.url }]);
  await Promise.all([update(chart), update(chart), update(chart)]);
  expect(chartsIn(chart)).toEqual(['lib-1.0.0.tgz']);
});

test('a chart without dependencies is left alone, failures of others do not keep it back', async () => {
  const plain = dependentChart([]);
  const good = dependentChart([{ name: 'own', version: '*', repository: 'file://../own' }]);
  write(join(good, '..', 'own', 'Chart.yaml'), chartYaml('own'));
  const bad = dependentChart([{ name: 'x', version: '*', repository: '@x' }]);
  await expect(update(bad, plain, good, bad)).rejects.toMatchObject({
    message: 'dependencies of 2 charts cannot be had',
  });
  expect(readdirSync(plain)).toEqual(['Chart.yaml']);
  expect(chartsIn(good)).toEqual(['own-1.0.0.tgz']);
});
