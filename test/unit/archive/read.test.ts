import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { packFiles } from '../../../generator/src/archive/pack.ts';
import { readArchive, readArchiveFile } from '../../../generator/src/archive/read.ts';
import { temporaryFolder } from '../fileset/fixture.ts';
import { FOREIGN_CASES } from './foreign-cases.ts';
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
  const { bytes } = await packFiles(fileSet({ 'Chart.yaml': chartYaml(), noise }), 'demo');
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
  ['/etc/passwd', 'absolute path'],
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
    { name: 'demo/Chart.yaml', type: 'symlink', linkname: 'values.yaml' },
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

test.each(FOREIGN_CASES)('$what', ({ bytes, refused, metadata }) => {
  if (refused !== undefined) expectInvalid(bytes, refused);
  else
    expect(readArchive(bytes, 'x.tgz').metadata).toEqual({
      apiVersion: 'v2',
      name: 'demo',
      version: '1.0.0',
      ...metadata,
    });
});

test('a size that the file claims is a hint only', async () => {
  const { bytes } = await archiveOf('demo', '1.0.0', `a: ${'a'.repeat(400_000)}\n`);
  for (const claimed of [0, 1, 0xffff_ffff]) {
    const lying = Buffer.from(bytes);
    lying.writeUInt32LE(claimed, lying.length - 4);
    // zlib finds out at the end.
    expectInvalid(lying, 'incorrect length check');
  }
});

test('every place to cut an archive off is found', async () => {
  const { bytes } = await archiveOf();
  for (let length = 0; length < bytes.length; length += 1)
    expectInvalid(bytes.subarray(0, length), 'x.tgz cannot be read: it is');
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

test('a file that is not there is no bug', async () => {
  await expect(readArchiveFile(join(temporaryFolder(), 'x.tgz'))).rejects.toMatchObject({
    code: 'FILE_SYSTEM',
  });
});

test('what is no file is refused, and not waited for', async () => {
  const pipe = join(temporaryFolder(), 'x.tgz');
  execFileSync('mkfifo', [pipe]);
  await expect(readArchiveFile(pipe)).rejects.toMatchObject({
    code: 'ARCHIVE_INVALID',
    message: `${pipe} cannot be read: it is no file`,
  });
});
