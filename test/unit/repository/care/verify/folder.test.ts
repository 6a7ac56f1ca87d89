import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Json } from '../../../../../generator/src/model/types.ts';
import type { VerifyReport } from '../../../../../generator/src/repository/care/verify/verify.ts';
import type { IndexEntry } from '../../../../../generator/src/repository/index-file/types.ts';
import {
  clearSigned,
  entryOf,
  folderOf,
  indexText,
  repositoryOf,
  said,
  verify,
} from './fixture.ts';
import { archiveOf } from '../../../archive/fixture.ts';
import { makeSecretKey, provenanceOf } from '../../../provenance/fixture.ts';

test('finds nothing in a whole repository', async () => {
  const { files } = await repositoryOf('1.1.0', '1.0.0+2', '1.0.0-rc.1');
  const folder = folderOf(files);
  expect(await verify(folder)).toEqual({
    repository: folder,
    listed: 3,
    checked: 3,
    signed: 0,
    findings: [],
  });
});

test('finds archives that are missing, and names the line of their entries', async () => {
  const { files } = await repositoryOf('1.1.0', '1.0.0');
  files.delete('demo-1.0.0.tgz');
  const folder = folderOf(files);
  const { findings } = await verify(folder);
  expect(findings).toEqual([
    {
      rule: 'missing-archive',
      severity: 'error',
      chart: 'demo',
      version: '1.0.0',
      file: join(folder, 'index.yaml'),
      line: 11,
      message: 'demo-1.0.0.tgz is not in the folder',
      hint: 'Put the archive back, or take the version out of the index.',
    },
  ]);
});

test('finds archives with other bytes', async () => {
  const { files } = await repositoryOf('1.0.0');
  files.set('demo-1.0.0.tgz', (await archiveOf('demo', '1.0.0', 'a: 2\n')).bytes);
  const report = await verify(folderOf(files));
  expect(said(report)).toEqual(['error other-digest demo 1.0.0 4']);
  expect(report.findings[0]?.message).toMatch(
    /^demo-1\.0\.0\.tgz is sha256:\w{64}, the index says sha256:\w{64}$/,
  );
});

test('finds archives of another version, and those that are cut off', async () => {
  const { files, archives } = await repositoryOf('1.1.0', '1.0.0');
  const [newer, older] = archives.map(({ bytes }) => bytes);
  files.set('demo-1.0.0.tgz', newer ?? '');
  files.set('demo-1.1.0.tgz', older?.subarray(0, 100) ?? '');
  const report = await verify(folderOf(files));
  expect(report.findings.map(({ rule, version }) => [rule, version])).toEqual([
    ['invalid-archive', '1.1.0'],
    ['other-chart', '1.0.0'],
    ['other-digest', '1.0.0'],
  ]);
  expect(report.findings[1]?.message).toBe('demo-1.0.0.tgz is demo 1.1.0');
});

/** The report on a repository of demo 1.0.0 whose entry is changed. */
async function verifyEntry(change: Record<string, Json>): Promise<VerifyReport> {
  const { files, archives } = await repositoryOf('1.0.0');
  files.set('index.yaml', indexText(archives.map((archive) => entryOf(archive, change))));
  return verify(folderOf(files));
}

test('finds what the index says otherwise than Chart.yaml', async () => {
  const report = await verifyEntry({ description: 'other', keywords: ['a'] });
  expect(said(report)).toEqual(['warning other-metadata demo 1.0.0 4']);
  expect(report.findings[0]?.message).toBe(
    'the index and the Chart.yaml in demo-1.0.0.tgz differ in: description, keywords',
  );
});

test('lets pass what is said in an index on purpose, and digests as some write them', async () => {
  const { archives } = await repositoryOf('1.0.0');
  const annotations = { 'spark-charts/yanked': '2026-01-01T00:00:00Z', 'of/others': 'x' };
  expect((await verifyEntry({ deprecated: true, annotations })).findings).toEqual([]);
  const digest = `sha256:${archives[0]?.digest.toUpperCase() ?? ''}`;
  expect((await verifyEntry({ digest })).findings).toEqual([]);
});

test('finds entries without a digest', async () => {
  const { files, entries } = await repositoryOf('1.0.0');
  const [{ digest, ...entry } = {}] = entries;
  files.set('index.yaml', indexText([entry as IndexEntry]));
  const report = await verify(folderOf(files));
  expect(said(report)).toEqual(['warning no-digest demo 1.0.0 4']);
  expect(report.findings[0]?.hint).toContain(digest);
});

test('notes names of files that Helm would not give', async () => {
  const { files, archives } = await repositoryOf('1.0.0');
  const [archive] = archives;
  files.set('x.tgz', archive?.bytes ?? '');
  files.delete('demo-1.0.0.tgz');
  files.set('index.yaml', indexText(archives.map((one) => entryOf(one, { urls: ['x.tgz'] }))));
  expect(said(await verify(folderOf(files)))).toEqual(['info file-name demo 1.0.0 4']);
});

test('finds archives of absolute URLs by their names, and tells those that are elsewhere', async () => {
  const { files, archives } = await repositoryOf('1.3.0', '1.2.0', '1.1.0', '1.0.0');
  const urls = [
    'https://example.com/charts/demo-1.3.0.tgz',
    'https://example.com/charts/sub/demo-1.2.0.tgz?x=1',
    'https://me:secret@example.com/demo-1.1.0.tgz',
    'oci://example.com/demo-1.0.0.tgz',
  ];
  const entries = archives.map((archive, at) => entryOf(archive, { urls: [urls[at] ?? ''] }));
  files.set('index.yaml', indexText(entries));
  files.set('sub/demo-1.2.0.tgz', files.get('demo-1.2.0.tgz') ?? '');
  for (const version of ['1.2.0', '1.1.0', '1.0.0']) files.delete(`demo-${version}.tgz`);
  const report = await verify(folderOf(files));
  expect(report.findings.map(({ rule, severity, version }) => [rule, severity, version])).toEqual([
    ['unchecked-archive', 'warning', '1.1.0'],
    ['unchecked-archive', 'warning', '1.0.0'],
  ]);
  expect(report).toMatchObject({ listed: 4, checked: 2 });
  expect(JSON.stringify(report)).not.toContain('secret');
});

test('takes what is wrong at URLs that Helm does not use for a warning', async () => {
  const report = await verifyEntry({ urls: ['demo-1.0.0.tgz', 'mirror/demo-1.0.0.tgz'] });
  expect(said(report)).toEqual(['warning missing-archive demo 1.0.0 4']);
});

test('finds what lies beside: archives, provenance files without one; no hidden files', async () => {
  const { files, archives } = await repositoryOf('1.0.0');
  const [{ bytes } = { bytes: '' }] = archives;
  for (const path of ['old/demo-0.9.0.tgz', 'demo-2.0.0.tgz.prov', '.hidden/x.tgz', 'notes.txt'])
    files.set(path, bytes);
  const { findings } = await verify(folderOf(files));
  expect(findings.map(({ rule, severity, file }) => [rule, severity, file])).toEqual([
    ['orphan', 'warning', 'demo-2.0.0.tgz.prov'],
    ['orphan', 'warning', 'old/demo-0.9.0.tgz'],
  ]);
});

test('verifies retired versions as well, and finds those that are in both indexes', async () => {
  const { files, archives, entries } = await repositoryOf('1.1.0', '1.0.0', '0.9.0');
  const [newest, ...older] = archives;
  const retired = older.map((archive) => entryOf(archive, { urls: [`../${archive.fileName}`] }));
  files.set('index.yaml', indexText(entries.slice(0, 1)));
  files.set('archive/index.yaml', indexText(retired));
  expect(await verify(folderOf(files))).toMatchObject({ listed: 3, checked: 3, findings: [] });
  files.set('demo-0.9.0.tgz', newest?.bytes ?? '');
  files.set('index.yaml', indexText(entries.slice(0, 2)));
  const report = await verify(folderOf(files));
  expect(report.findings.map(({ rule, severity, version }) => [rule, severity, version])).toEqual([
    ['equal-versions', 'warning', '1.0.0'],
    ['other-chart', 'error', '0.9.0'],
    ['other-digest', 'error', '0.9.0'],
  ]);
});

test('notes versions that are equal to Helm', async () => {
  const { files } = await repositoryOf('1.0.0+2', '1.0.0+1', 'v1.0.0', '0.9.0');
  const report = await verify(folderOf(files));
  expect(report.findings.map(({ rule, severity, version }) => [rule, severity, version])).toEqual([
    ['equal-versions', 'info', '1.0.0+1'],
    ['equal-versions', 'info', 'v1.0.0'],
  ]);
});

test('passes on what the strict check of the index finds', async () => {
  const report = await verifyEntry({ unknown: 'x' });
  expect(report.findings).toHaveLength(1);
  expect(report.findings[0]).toMatchObject({ rule: 'index', severity: 'error' });
  expect(report.findings[0]?.message).toContain('unknown');
});

test('with keys takes an archive without provenance for a warning', async () => {
  const { files, archives } = await repositoryOf('1.1.0', '1.0.0');
  const key = await makeSecretKey();
  const [first] = archives;
  if (!first) return expect.fail();
  files.set(`${first.fileName}.prov`, await provenanceOf(first, key));
  const folder = folderOf(files);
  const report = await verify(folder, { keyring: [key] });
  expect(said(report)).toEqual([expect.stringMatching(/^warning no-provenance demo 1.0.0 /)]);
  expect(report.signed).toBe(1);
  expect((await verify(folder)).findings).toEqual([]);
});

test('takes what Helm only passes over for a warning', async () => {
  const report = await verifyEntry({ type: 'other' });
  expect(said(report)).toContain('warning index demo 1.0.0 4');
});

test('reads no more of a provenance file than one may have', async () => {
  const { files, archives } = await repositoryOf('1.0.0');
  const name = `${archives[0]?.fileName ?? ''}.prov`;
  files.set(name, 'x');
  const folder = folderOf(files);
  truncateSync(join(folder, name), 5 * 1024 ** 3);
  const { findings } = await verify(folder);
  expect(findings.map(({ rule, message }) => [rule, message])).toEqual([
    ['invalid-provenance', expect.stringContaining('larger than') as unknown],
  ]);
});

test('finds provenance files that are not about the archive, or are none', async () => {
  const { files, archives } = await repositoryOf('1.1.0', '1.0.0');
  const sums = archives.map(({ fileName, digest }) => `files:\n  ${fileName}: sha256:${digest}`);
  for (const { fileName } of archives) files.set(`${fileName}.prov`, clearSigned(sums[1] ?? ''));
  const report = await verify(folderOf(files));
  expect(said(report)).toEqual(['error invalid-provenance demo 1.1.0 4']);
  expect(report.signed).toBe(1);
  files.set('demo-1.0.0.tgz.prov', 'nothing');
  expect(said(await verify(folderOf(files)))).toHaveLength(2);
});

test('samples the newest version of each chart and as many others as are asked for', async () => {
  const { files } = await repositoryOf('2.0.0', '1.2.0', '1.1.0', '1.0.0');
  for (const version of ['1.2.0', '1.1.0', '1.0.0']) files.delete(`demo-${version}.tgz`);
  const folder = folderOf(files);
  expect(await verify(folder, { sample: 0 })).toMatchObject({
    listed: 4,
    checked: 1,
    findings: [],
  });
  const report = await verify(folder, { sample: 2 });
  expect(report).toMatchObject({ listed: 4, checked: 3 });
  expect(report.findings.map(({ rule }) => rule)).toEqual(['missing-archive', 'missing-archive']);
  expect(await verify(folder, { sample: 9 })).toMatchObject({ listed: 4, checked: 4 });
});

test('refuses what is no repository', async () => {
  const folder = folderOf(new Map());
  await expect(verify(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'USAGE' });
  await expect(verify(folder)).rejects.toMatchObject({ code: 'USAGE' });
  await expect(verify(folderOf(new Map([['index.yaml', 'a: [']])))).rejects.toMatchObject({
    code: 'INDEX_INVALID',
  });
});
