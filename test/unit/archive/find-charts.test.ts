import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findCharts } from '../../../generator/src/archive/find-charts.ts';
import { temporaryFolder, write } from '../fileset/fixture.ts';
import { chartYaml } from './fixture.ts';

function folderWith(...charts: string[]): string {
  const folder = temporaryFolder();
  for (const chart of charts) write(join(folder, chart, 'Chart.yaml'), chartYaml());
  return folder;
}

async function found(folder: string): Promise<string[]> {
  return (await findCharts([folder])).map((path) => path.slice(folder.length + 1));
}

test('charts below a folder, however deep, each once', async () => {
  const folder = folderWith('b', 'a/stable/one', 'a/two', 'a/two/charts/sub', 'c/d/e/f');
  mkdirSync(join(folder, 'empty'));
  expect(await found(folder)).toEqual(['a/stable/one', 'a/two', 'b', 'c/d/e/f']);
  expect(await findCharts([folder, join(folder, 'b')])).toHaveLength(4);
});

test('a chart at the top is the one that is meant', async () => {
  const folder = folderWith('', 'more/one');
  expect(await findCharts([folder])).toEqual([folder]);
});

test('not what is hidden, in packages of Node or behind links', async () => {
  const folder = folderWith('a', '.git/b', 'node_modules/c');
  symlinkSync(folderWith('d'), join(folder, 'link'));
  symlinkSync(folder, join(folder, 'circle'));
  expect(await found(folder)).toEqual(['a']);
});

test.each(['nowhere', ''])('%j with no chart is an error', async (name) => {
  const folder = join(folderWith('.hidden'), name);
  await expect(findCharts([folder])).rejects.toMatchObject({
    code: 'USAGE',
    message: `${folder} is no folder with a Chart.yaml, nor is there one below it`,
  });
});
