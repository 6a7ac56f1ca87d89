import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, symlinkSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { unpackTar } from 'modern-tar';
import { afterEach, expect, test, vi } from 'vitest';
import { packChart, packFiles } from '../../../generator/src/archive/pack.ts';
import type { FileSet } from '../../../generator/src/fileset/fileset.ts';
import { archiveOf, chartYaml, fileSet, writeChart } from './fixture.ts';

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

const CHARTS: Record<string, FileSet> = {
  small: fileSet({ 'Chart.yaml': chartYaml() }),
  'with all kinds of names': fileSet(FILES),
  'with line ends, marks and long names': fileSet({
    'Chart.yaml': `\uFEFF${chartYaml('odd', '1.0.0-rc.1+build').replaceAll('\n', '\r\n')}`,
    'values.yaml': '\uFEFFa: 1\r\n',
    [`files/${'long/'.repeat(60)}name`]: 'x',
    [`files/${'ü'.repeat(60)}`]: 'x',
    'files/日本/😀 and a blank': 'x',
    ...Object.fromEntries(['b', 'B', 'a', 'A', '_', '-', '10', '9'].map((name) => [name, name])),
  }),
  'with packed subcharts': new Map([
    ...fileSet({ 'Chart.yaml': chartYaml(), 'charts/open/Chart.yaml': chartYaml('open') }),
    ['charts/one-1.0.0.tgz', (await archiveOf('one')).bytes],
    ['charts/two-2.0.0.tgz', (await archiveOf('two', '2.0.0')).bytes],
  ]),
  'of some size': fileSet({ 'Chart.yaml': chartYaml(), big: numbers(60_000) }),
};

/** Text that compresses like text does. */
function numbers(length: number): string {
  let state = 1;
  const words = Array.from({ length: length / 6 }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state % 5000).toString(36);
  });
  return words.join(' ');
}

test('the bytes are these, on any machine and with any version of Node', async () => {
  const digests: Record<string, string> = {};
  for (const [name, files] of Object.entries(CHARTS))
    digests[name] = (await packFiles(files, name)).digest;
  expect(digests).toMatchInlineSnapshot(`
    {
      "of some size": "e1a7a23a0046ad27c36129d61f5cf809632f12d613f3340817e8dc62eae3986b",
      "small": "2079c03160bae3a5d408c46a4039a33285439efddfc30725660aa1629220de42",
      "with all kinds of names": "640df1e91976cb576cf1ad07898ddfe16e3e0eeea9217b354c79285f2c3ff285",
      "with line ends, marks and long names": "72bf6d32b9ae2f6dc7cdcbc944dff568c9a302a4dfdca2a7a9451fca17ebe6ff",
      "with packed subcharts": "121f8cf240c5fe9ff06e4e490cd11a68e922f0c792e75aab26279db65a4023a0",
    }
  `);
});

const PACK = `
  import { packChart } from ${JSON.stringify(new URL('../../../generator/src/archive/pack.ts', import.meta.url).href)};
  process.umask(Number(process.env.UMASK));
  process.stdout.write((await packChart(process.env.CHART)).digest);`;

/** The digest of a chart as another process packs it. */
function packElsewhere(chart: string, cwd: string, environment: Record<string, string>): string {
  return execFileSync(process.execPath, ['--input-type=module', '--eval', PACK], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, UMASK: '18', ...environment, CHART: chart },
  });
}

test('time zone, language, umask, working folder, order, times and modes of files do not matter', () => {
  const entries = Object.entries(FILES);
  const chart = writeChart(FILES);
  const other = writeChart(Object.fromEntries(entries.toReversed()));
  for (const [index, [path]] of entries.entries()) {
    chmodSync(join(other, path), index % 2 === 0 ? 0o600 : 0o777);
    utimesSync(join(other, path), index * 1e8, index * 1e8);
  }
  const digest = packElsewhere(chart, '/', { TZ: 'UTC', LC_ALL: 'C' });
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  for (const [folder, cwd, environment] of [
    [other, dirname(other), { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', UMASK: '63' }],
    ['.', other, { TZ: 'America/St_Johns', LANG: 'sv_SE.UTF-8', UMASK: '0' }],
    [`${chart}/../demo/`, chart, { TZ: 'Asia/Kathmandu', HOME: '/nonexistent' }],
  ] as const)
    expect(packElsewhere(folder, cwd, environment)).toBe(digest);
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

test('SOURCE_DATE_EPOCH is the time of the files', async () => {
  vi.stubEnv('SOURCE_DATE_EPOCH', '1700000000');
  const { bytes } = await packFiles(fileSet(FILES), 'demo');
  expect((await unpack(bytes))[0]?.header.mtime).toEqual(new Date(1_700_000_000_000));
});

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

test('what Helm passes over in charts/ stays out', async () => {
  const chart = writeChart({
    'charts/.lock': 'x',
    'charts/_draft/Chart.yaml': 'x',
    'charts/a-1.0.0.tgz.prov': 'a signature',
    'charts/.a.prov': 'a signature',
    'charts/open/Chart.yaml': chartYaml('open'),
    'charts/open/charts/.hidden/x': 'x',
    'charts/open/.dotfile': 'x',
    'files/charts/.kept': 'x',
  });
  const entries = await unpack((await packChart(chart)).bytes);
  expect(entries.map(({ header }) => header.name)).toEqual(
    [
      ...['Chart.yaml', 'files/charts/.kept', 'charts/.a.prov', 'charts/a-1.0.0.tgz.prov'],
      ...['charts/open/.dotfile', 'charts/open/Chart.yaml'],
    ].map((path) => `demo/${path}`),
  );
});

test('a chart may have more files than a process may open', () => {
  const chart = writeChart(
    Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`files/${index}`, 'x'])),
  );
  const child = join(import.meta.dirname, 'pack-child.ts');
  const digest = execFileSync(
    'sh',
    ['-c', 'ulimit -n 100; exec "$@"', 'sh', process.execPath, child, chart],
    { encoding: 'utf8' },
  );
  expect(digest).toMatch(/^[\da-f]{64}$/);
});

test('what decides on the bytes of an archive is pinned, wherever this is installed', () => {
  const manifest = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
  for (const packer of ['fflate', 'modern-tar'])
    expect(dependencies[packer]).toMatch(/^\d+\.\d+\.\d+$/);
});
