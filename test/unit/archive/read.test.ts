import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packFiles } from '../../../generator/src/archive/pack.ts';
import { readArchive, readArchiveFile } from '../../../generator/src/archive/read.ts';
import { temporaryFolder } from '../fileset/fixture.ts';
import { archiveOf, chartYaml, fileSet, foreignArchive } from './fixture.ts';

function expectInvalid(bytes: Uint8Array, message: string): void {
  expect(() => readArchive(bytes, 'x.tgz')).toThrow(
    expect.objectContaining({
      code: 'ARCHIVE_INVALID',
      message: expect.stringMatching(/^x\.tgz cannot be read: /) as unknown,
      // The message says it all; a problem would say it a second time.
      problems: [],
    }),
  );
  expect(() => readArchive(bytes, 'x.tgz')).toThrow(message);
}

test('what was packed is read', async () => {
  const packed = await archiveOf('demo', '1.0.0+2');
  expect(readArchive(packed.bytes, 'x.tgz')).toEqual(packed);
  expect(packed.digest).toBe(createHash('sha256').update(packed.bytes).digest('hex'));
});

test('Chart.yaml of the chart is found, not that of a subchart, wherever it stands', async () => {
  const bytes = await foreignArchive([
    { name: 'demo/', type: 'directory' },
    { name: 'demo/charts/sub/Chart.yaml', body: chartYaml('sub') },
    { name: `demo/${'long/'.repeat(40)}file`, body: 'x'.repeat(100_000) },
    { name: 'demo/Chart.yaml', body: chartYaml('demo', '2.0.0') },
  ]);
  expect(readArchive(bytes, 'x.tgz')).toMatchObject({ name: 'demo', fileName: 'demo-2.0.0.tgz' });
});

test('an archive made on Windows is read', async () => {
  const bytes = await foreignArchive([{ name: 'demo\\Chart.yaml', body: chartYaml() }]);
  expect(readArchive(bytes, 'x.tgz')).toMatchObject({ name: 'demo' });
});

test('what comes after Chart.yaml is read as well', async () => {
  const noise = randomBytes(100_000).toString('base64');
  const { bytes } = await packFiles(
    fileSet({ 'Chart.yaml': chartYaml(), 'values.yaml': noise }),
    'demo',
  );
  expectInvalid(bytes.subarray(0, 50_000), 'it is cut off');
});

test.each([
  ['demo/../../../../tmp/x', 'out of the chart'],
  ['demo//etc/passwd', 'absolute path'],
  ['demo/./Chart.yaml', 'more than one Chart.yaml'],
])('%s after Chart.yaml is refused', async (name, message) => {
  const chart = { name: 'demo/Chart.yaml', body: chartYaml() };
  expectInvalid(await foreignArchive([chart, { name, body: 'x' }]), message);
});

test("a file above Helm's limit is refused, wherever it stands", async () => {
  const chart = { name: 'demo/Chart.yaml', body: chartYaml() };
  const fits = { name: 'demo/fits', body: Buffer.alloc(5 * 1024 * 1024) };
  expect(readArchive(await foreignArchive([chart, fits]), 'x.tgz')).toMatchObject({ name: 'demo' });
  const large = { name: 'demo/large', body: Buffer.alloc(5 * 1024 * 1024 + 1) };
  expectInvalid(await foreignArchive([chart, large]), 'demo/large is larger than 5242880 bytes');
});

test.each([
  ['../Chart.yaml', 'out of the chart'],
  ['demo/../../x', 'out of the chart'],
  ['demo//etc/passwd', 'absolute path'],
  ['/etc/passwd', 'no Chart.yaml'],
  ['demo/c:/x', 'a drive'],
  ['Chart.yaml', 'not in a folder'],
  ['demo', "beside the chart's folder"],
  ['other/values.yaml', 'no Chart.yaml'],
])('an archive with %s is refused', async (name, message) => {
  const bytes = await foreignArchive([{ name, body: 'x' }]);
  expectInvalid(bytes, message);
});

test.each([
  ['nothing', Buffer.alloc(0), 'not a gzip file'],
  ['text', Buffer.from('apiVersion: v2'), 'not a gzip file'],
  ['gzip of text', gzipSync('apiVersion: v2\n'.repeat(100)), 'damaged tar header'],
  ['a header only', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), 'cut off'],
])('%s is refused', (_, bytes, message) => {
  expectInvalid(bytes, message);
});

test('a header that was changed is refused', async () => {
  const tar = gunzipSync(await foreignArchive([{ name: 'demo/Chart.yaml', body: chartYaml() }]));
  tar.write('D');
  expectInvalid(gzipSync(tar), 'damaged tar header');
});

test('a link in place of Chart.yaml is refused', async () => {
  const bytes = await foreignArchive([
    { name: 'demo/Chart.yaml', type: 'symlink', linkname: '/etc/passwd' },
  ]);
  expectInvalid(bytes, 'is no file');
});

test('a bomb is not unpacked', async () => {
  expectInvalid(gzipSync(Buffer.alloc(20 * 1024 * 1024, 'x')), 'damaged tar header');
  const bomb = Buffer.alloc(101 * 1024 * 1024);
  expectInvalid(await foreignArchive([{ name: 'demo/big', body: bomb }]), 'unpacks to more than');
  const body = Buffer.alloc(6 * 1024 * 1024);
  expectInvalid(await foreignArchive([{ name: 'demo/big', body }]), 'demo/big is larger than');
  const most = { name: 'demo/big', body: Buffer.alloc(5 * 1024 * 1024) };
  expectInvalid(await foreignArchive(Array(20).fill(most)), 'unpacks to more than');
  const inside = await foreignArchive([{ name: 'demo/Chart.yaml', body }]);
  expectInvalid(inside, 'Chart.yaml is larger');
});

test('a Chart.yaml that Helm refuses is refused with its mistakes', async () => {
  const bytes = await foreignArchive([{ name: 'demo/Chart.yaml', body: 'name: demo\n' }]);
  expect(() => readArchive(bytes, 'x.tgz')).toThrow(
    expect.objectContaining({
      code: 'ARCHIVE_INVALID',
      problems: [{ file: 'x.tgz: Chart.yaml', message: 'version is missing' }],
    }),
  );
});

test('damage gives an archive or a typed error, nothing else', async () => {
  const { bytes } = await archiveOf();
  const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(damage, fc.nat(bytes.length), (changes, length) => {
      const damaged = Buffer.from(bytes.subarray(0, length));
      for (const [at, value] of changes) if (at < length) damaged[at] = value;
      try {
        readArchive(damaged, 'x.tgz');
      } catch (error) {
        expect(error).toMatchObject({ code: 'ARCHIVE_INVALID' });
      }
    }),
    { numRuns: 500, seed: 1 },
  );
});

test('a file that is not there is no bug', async () => {
  await expect(readArchiveFile(join(temporaryFolder(), 'x.tgz'))).rejects.toMatchObject({
    code: 'FILE_SYSTEM',
  });
});
