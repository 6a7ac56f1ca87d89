import { cp, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCli } from '../support/cli.ts';
import { replaceInFile } from '../support/files.ts';
import { useTools } from '../support/tools.ts';

useTools('helm-4', 'helm-unittest');

/** A project with the real sources, of which one line of one chart is made, as version 1.0.0. */
async function project(): Promise<{ directory: string; build: () => ReturnType<typeof runCli> }> {
  const directory = await mkdtemp(join(tmpdir(), 'spark-charts-build-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  await cp('charts-src', join(directory, 'charts-src'), { recursive: true });
  await replaceInFile(
    join(directory, 'charts-src/catalog.yaml'),
    /^charts: .*$/m,
    'charts: [spark]',
  );
  await rm(join(directory, 'charts-src/charts/spark-history-server'), { recursive: true });
  const chart = join(directory, 'charts-src/charts/spark/chart.yaml');
  await replaceInFile(chart, /^version: .*$/m, 'version: 1.0.0');
  await replaceInFile(chart, /$/, 'lines: ["4.3"]\n');
  return { directory, build: () => runCli(['build'], { cwd: directory }) };
}

test('makes a chart repository, and nothing new the second time', async () => {
  const { directory, build } = await project();
  const first = await build();
  expect(first.stderr).not.toContain('Error');
  expect(first.exitCode).toBe(0);
  expect(first.stdout).toMatch(/published {2}1 new and 0 unchanged versions/);
  expect(first.stdout).toContain('helm install my-spark spark-charts/spark');
  const index = join(directory, 'dist/repository/index.yaml');
  const before = await readFile(index, 'utf8');
  const second = await build();
  expect(second.stdout).toMatch(/1 chart in dist\/charts, 0 files changed/);
  expect(second.stdout).toMatch(/published {2}0 new and 1 unchanged versions/);
  expect(await readFile(index, 'utf8')).toBe(before);
});

test('publishes nothing when lint finds something', async () => {
  const { directory, build } = await project();
  const template = join(directory, 'charts-src/components/master/templates/service.yaml.hbs');
  await replaceInFile(template, 'kind: Service', 'kind: Service\nkind: Service');
  const { exitCode, stderr } = await build();
  expect(exitCode).toBe(1);
  expect(stderr).toContain('templates/master/service.yaml');
  await expect(stat(join(directory, 'dist/repository'))).rejects.toThrow('ENOENT');
});

test('refuses to change a version that is published', async () => {
  const { directory, build } = await project();
  await build();
  await replaceInFile(
    join(directory, 'charts-src/charts/spark/readme.hbs'),
    '## Install',
    '## Installing',
  );
  const { exitCode, stderr } = await build();
  expect(exitCode).toBe(2);
  expect(stderr).toContain('spark 1.0.0');
});
