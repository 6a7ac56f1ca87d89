import { execFile } from 'node:child_process';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { expect, test } from 'vitest';
import { runHelm, withHelm } from '../../../generator/src/helm/helm.ts';
import { lintCharts } from '../../../generator/src/lint/lint.ts';
import { lintTargets } from '../../../generator/src/lint/targets.ts';
import { useTools } from '../../support/tools.ts';
import { writeChart } from './chart.ts';

useTools('helm-4');

const options = { kubeVersions: ['1.31', '1.36'], progress: console.log };

/** Packed by Helm itself. */
async function packChart(files: Record<string, string>): Promise<string> {
  const chart = await writeChart(files);
  const directory = dirname(chart);
  await withHelm('helm-4', console.log, (helm) =>
    runHelm(helm, ['package', chart, '-d', directory]),
  );
  return join(directory, 'demo-1.0.0.tgz');
}

test('an archive is linted with the cases in it', async () => {
  const archive = await packChart({
    'ci/good-values.yaml': '',
    'ci/bad-values.yaml': 'colour: { of: money }\n',
  });
  const report = await lintCharts(await lintTargets([archive]), options);
  expect(report.charts).toEqual([{ chart: archive, cases: ['bad', 'good'], cells: 4 }]);
  expect(report.findings.map(({ rule, cells }) => [rule, cells[0]?.case])).toEqual([
    ['helm-warning', 'bad'],
  ]);
});

test('an archive with a path out of the chart is refused, and nothing is written there', async () => {
  const files = { 'demo/Chart.yaml': 'a', '../ci/x-values.yaml': 'b' };
  const tar = await packTar(
    Object.entries(files).map(([name, body]) => ({ header: { name, size: body.length }, body })),
  );
  const archive = join(dirname(await writeChart()), 'hostile.tgz');
  await writeFile(archive, gzipSync(tar));
  await expect(lintCharts([archive], options)).rejects.toMatchObject({
    code: 'ARCHIVE_INVALID',
    message: expect.stringContaining('a path out of the chart: ../ci/x-values.yaml') as string,
  });
});

test.each([
  ['text', async (file: string) => writeFile(file, 'no archive')],
  ['an empty file', async (file: string) => writeFile(file, '')],
  ['half an archive', async (file: string) => truncate(file, (await readFile(file)).length >> 1)],
])('%s is refused', async (_, damage) => {
  const archive = await packChart({ 'files/a': 'text\n'.repeat(100) });
  await damage(archive);
  await expect(
    (async () => lintCharts(await lintTargets([archive]), options))(),
  ).rejects.toMatchObject({ code: 'ARCHIVE_INVALID' });
});

test('an archive that unpacks to more than a chart may have is refused', async () => {
  const archive = await packChart({});
  await promisify(execFile)('sh', [
    '-c',
    'cd "$1" && mkdir demo/files && head -c 110000000 /dev/zero > demo/files/zero && tar -czf demo-1.0.0.tgz demo',
    'sh',
    dirname(archive),
  ]);
  await expect(lintCharts([archive], options)).rejects.toMatchObject({
    code: 'ARCHIVE_INVALID',
    message: expect.stringContaining('it unpacks to more than 104857600 bytes') as string,
    problems: [],
  });
});
