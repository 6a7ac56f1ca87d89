import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { unpackTar } from 'modern-tar';
import { afterEach, expect, test, vi } from 'vitest';
import { packChart, packFiles } from '../../../generator/src/archive/pack.ts';
import { chartYaml, fileSet, writeChart } from './fixture.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const FILES = {
  'Chart.yaml': chartYaml(),
  'Chart.lock': 'digest: x\n',
  'values.yaml': 'a: 1\n',
  'values.schema.json': '{}\n',
  'templates/a.yaml': '',
  'templates/sub/b.yaml': 'b\r\n',
  'README.md': '\uFEFFread me\n',
  'files/ünï.txt': 'x',
  [`files/${'long/'.repeat(30)}name.txt`]: 'y',
  'charts/one/Chart.yaml': chartYaml('one'),
  'charts/two/Chart.yaml': chartYaml('two'),
};

async function unpack(bytes: Uint8Array) {
  return unpackTar(gunzipSync(bytes), { strict: true });
}

test('files stand in the order of Helm, with nothing of the machine in their headers', async () => {
  const { bytes } = await packFiles(fileSet(FILES), 'demo');
  const entries = await unpack(bytes);
  expect(entries.map(({ header }) => header.name)).toEqual(
    [
      ...['Chart.yaml', 'Chart.lock', 'values.yaml', 'values.schema.json'],
      ...['templates/a.yaml', 'templates/sub/b.yaml'],
      ...['README.md', `files/${'long/'.repeat(30)}name.txt`, 'files/ünï.txt'],
      ...['charts/one/Chart.yaml', 'charts/two/Chart.yaml'],
    ].map((path) => `demo/${path}`),
  );
  for (const { header, data } of entries) {
    expect(header).toMatchObject({
      mode: 0o644,
      uid: 0,
      gid: 0,
      uname: '',
      gname: '',
      type: 'file',
    });
    expect(header.mtime).toEqual(new Date('1980-01-01T00:00:00Z'));
    expect(Buffer.from(data ?? []).toString()).toBe(
      FILES[header.name.slice(5) as keyof typeof FILES],
    );
  }
  // No time, no file name, no comment in the gzip header.
  expect([...bytes.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
});

test('the bytes are these, with any version of Node', async () => {
  const { digest, fileName, size } = await packFiles(fileSet(FILES), 'demo');
  expect({ digest, fileName, size }).toMatchInlineSnapshot(`
    {
      "digest": "640df1e91976cb576cf1ad07898ddfe16e3e0eeea9217b354c79285f2c3ff285",
      "fileName": "demo-1.0.0.tgz",
      "size": 507,
    }
  `);
});

test('the order in which files are found does not matter', async () => {
  const { digest } = await packFiles(fileSet(FILES), 'demo');
  const orders = fc.shuffledSubarray(Object.entries(FILES), {
    minLength: Object.keys(FILES).length,
  });
  await fc.assert(
    fc.asyncProperty(orders, async (entries) => {
      const shuffled = await packFiles(fileSet(Object.fromEntries(entries)), 'elsewhere');
      expect(shuffled.digest).toBe(digest);
    }),
    { numRuns: 30 },
  );
});

test('file modes and times, umask and time zone do not matter', async () => {
  const chart = writeChart(FILES);
  const { digest } = await packChart(chart);
  chmodSync(join(chart, 'values.yaml'), 0o755);
  utimesSync(join(chart, 'README.md'), 1, 1);
  vi.stubEnv('TZ', 'Pacific/Kiritimati');
  const umask = process.umask(0o077);
  try {
    expect((await packChart(writeChart(FILES))).digest).toBe(digest);
    expect((await packChart(chart)).digest).toBe(digest);
  } finally {
    process.umask(umask);
  }
});

test('SOURCE_DATE_EPOCH is the time of the files', async () => {
  vi.stubEnv('SOURCE_DATE_EPOCH', '1700000000');
  const { bytes } = await packFiles(fileSet(FILES), 'demo');
  expect((await unpack(bytes))[0]?.header.mtime).toEqual(new Date(1_700_000_000_000));
});

test.each(['-1', '1.5', 'now', '99999999999999999'])(
  'SOURCE_DATE_EPOCH=%s is refused',
  async (value) => {
    vi.stubEnv('SOURCE_DATE_EPOCH', value);
    await expect(packFiles(fileSet(FILES), 'demo')).rejects.toMatchObject({ code: 'USAGE' });
  },
);

test('what .helmignore names stays out, links are followed inside the chart', async () => {
  const chart = writeChart({ '.helmignore': 'secret\nout\n', secret: 'x', 'real/file': 'content' });
  symlinkSync('real', join(chart, 'linked'));
  symlinkSync('real/file', join(chart, 'link.txt'));
  symlinkSync('/etc', join(chart, 'out'));
  const entries = await unpack((await packChart(chart)).bytes);
  expect(entries.map(({ header }) => header.name)).toEqual(
    ['Chart.yaml', '.helmignore', 'link.txt', 'linked/file', 'real/file'].map(
      (path) => `demo/${path}`,
    ),
  );
});

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
