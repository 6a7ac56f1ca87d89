import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packChart } from '../../../generator/src/archive/pack.ts';
import { changedSinceRelease } from '../../../generator/src/changes/since-release.ts';
import { silent } from '../../../generator/src/progress.ts';
import { parseVersionReference } from '../../../generator/src/repository/care/chart-reference.ts';
import { yank } from '../../../generator/src/repository/care/yank.ts';
import { DirectoryStore } from '../../../generator/src/repository/directory/directory-store.ts';
import { chartYaml } from '../archive/fixture.ts';
import { startRepository } from '../dependencies/fixture.ts';
import { temporaryFolder, write } from '../fileset/fixture.ts';
import { chartIn } from './fixture.ts';

/** Charts `one` and `two` in a folder, both published. */
async function released() {
  const folder = temporaryFolder();
  for (const name of ['one', 'two'])
    for (const [path, text] of Object.entries(chartIn(name, name))) write(join(folder, path), text);
  const charts = [join(folder, 'one'), join(folder, 'two')] as const;
  const repository = join(folder, 'repository');
  const archives = await Promise.all(charts.map((chart) => packChart(chart)));
  await new DirectoryStore(repository).publish(archives, silent);
  return { charts, repository, archives };
}

test('nothing, as long as the archives are the released ones; those of yanked versions too', async () => {
  const { charts, repository } = await released();
  const nothing = { since: repository, changed: [], unchanged: charts, removed: [], warnings: [] };
  expect(await changedSinceRelease(charts, repository, silent)).toEqual(nothing);
  write(join(charts[0], 'docs/a.md'), 'left out');
  const reference = parseVersionReference('one@1.0.0');
  await yank(repository, [reference], { progress: silent, dryRun: false, reason: 'x' });
  expect(await changedSinceRelease(charts, repository, silent)).toEqual(nothing);
});

test('a new version, other files in the same one, a chart that cannot be packed', async () => {
  const { charts, repository } = await released();
  const [one, two] = charts;
  const three = join(temporaryFolder(), 'three');
  write(join(one, 'Chart.yaml'), chartYaml('one', '1.1.0'));
  write(join(two, 'values.yaml'), 'b: 2');
  write(
    join(three, 'Chart.yaml'),
    chartYaml('three', '1.0.0', 'dependencies: [{ name: lib, version: 1.x, repository: "" }]'),
  );
  expect(await changedSinceRelease([one, two, three], repository, silent)).toMatchObject({
    changed: [
      { chart: one, reason: 'version 1.1.0 is not released' },
      { chart: two, reason: 'its archive differs from the released one' },
      { chart: three, reason: 'it cannot be packed as it is' },
    ],
    unchanged: [],
    warnings: [{ file: join(two, 'Chart.yaml') }],
  });
});

test('a repository over HTTP', async () => {
  const { charts, archives } = await released();
  const { url } = await startRepository(archives.slice(0, 1));
  expect(await changedSinceRelease(charts, url, silent)).toMatchObject({
    since: url,
    changed: [{ chart: charts[1] }],
    unchanged: [charts[0]],
  });
});

test('no repository there', async () => {
  const { charts, repository } = await released();
  await expect(changedSinceRelease(charts, `${repository}-2`, silent)).rejects.toMatchObject({
    code: 'USAGE',
  });
});
