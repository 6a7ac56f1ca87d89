import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { assertArchiveSize, assertSizes } from '../../../generator/src/archive/limits.ts';
import { packChart, packFiles } from '../../../generator/src/archive/pack.ts';
import { chartYaml, fileSet, writeChart } from './fixture.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each(['-1', '1.5', 'now', '99999999999999999'])(
  'SOURCE_DATE_EPOCH=%s is refused',
  async (value) => {
    vi.stubEnv('SOURCE_DATE_EPOCH', value);
    await expect(packFiles(fileSet({ 'Chart.yaml': chartYaml() }), 'demo')).rejects.toMatchObject({
      code: 'USAGE',
    });
  },
);

test.each([
  [
    'a link out of the chart',
    (path: string) => {
      symlinkSync('../outside', path);
    },
    'leads out of the chart',
  ],
  [
    'a link to nothing',
    (path: string) => {
      symlinkSync('nowhere', path);
    },
    'leads nowhere',
  ],
  [
    'a link to a folder above',
    (path: string) => {
      symlinkSync('.', path);
    },
    'round in a circle',
  ],
  [
    'a pipe',
    (path: string) => {
      execFileSync('mkfifo', [path]);
    },
    'neither a file nor a folder',
  ],
])('%s is refused', async (_, make, message) => {
  const chart = writeChart();
  mkdirSync(join(dirname(chart), 'outside'));
  make(join(chart, 'odd'));
  await expect(packChart(chart)).rejects.toMatchObject({
    code: 'CHART_INVALID',
    problems: [{ file: join(chart, 'odd'), message: expect.stringContaining(message) as unknown }],
  });
});

test.each([
  ['no Chart.yaml', { 'values.yaml': '' }],
  ['a backslash in a name', { 'Chart.yaml': chartYaml(), 'a\\b': '' }],
  ['a drive', { 'Chart.yaml': chartYaml(), 'c:/b': '' }],
  ['a path upwards', { 'Chart.yaml': chartYaml(), '../b': '' }],
  ['an absolute path', { 'Chart.yaml': chartYaml(), '/b': '' }],
])('%s is refused', async (_, files) => {
  await expect(packFiles(fileSet(files), 'demo')).rejects.toMatchObject({ code: 'CHART_INVALID' });
});

test("a chart above Helm's limits is refused", async () => {
  const chart = writeChart();
  writeFileSync(join(chart, 'fits'), Buffer.alloc(5 * 1024 * 1024));
  await packChart(chart);
  writeFileSync(join(chart, 'large'), Buffer.alloc(5 * 1024 * 1024 + 1));
  await expect(packChart(chart)).rejects.toMatchObject({
    code: 'CHART_INVALID',
    problems: [{ file: 'large' }],
  });
});

test('a folder that is not there is no bug', async () => {
  await expect(packChart('/nonexistent/chart')).rejects.toMatchObject({ code: 'FILE_SYSTEM' });
});

test('a chart whose archive would be too large to be read again is refused', async () => {
  const size = 5 * 1024 * 1024 - 100;
  const files = Array.from({ length: 20 }, (_, index) => [`${index}`, Buffer.alloc(size)] as const);
  const chart = new Map([...fileSet({ 'Chart.yaml': chartYaml() }), ...files]);
  // Of 21 files a header and up to 511 bytes more; two blocks at the end.
  const message = `${21 * 512 + 512 + 20 * 5 * 1024 * 1024 + 1024} bytes as an archive; at most 104857600 are read`;
  await expect(packFiles(chart, 'demo')).rejects.toMatchObject({
    code: 'CHART_INVALID',
    message: 'demo is too large for Helm',
    problems: [{ message }],
  });
  assertArchiveSize('demo', 104_857_600);
});

test('a chart of 100 MiB is refused, one byte less is not', () => {
  const fileSize = 5 * 1024 * 1024;
  const files = Array.from({ length: 20 }, (_, index) => ({ path: `${index}`, size: fileSize }));
  expect(() => {
    assertSizes('demo', files);
  }).toThrow(
    expect.objectContaining({
      code: 'CHART_INVALID',
      problems: [{ message: '104857600 bytes in all; Helm takes less than 104857600' }],
    }),
  );
  assertSizes('demo', [...files.slice(1), { path: 'last', size: fileSize - 1 }]);
});
