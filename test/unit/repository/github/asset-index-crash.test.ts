import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { sha256 } from '../../../../generator/src/files/digest.ts';
import { readIndex } from '../../../../generator/src/repository/index-file/document.ts';
import { FakeGitHub } from './fake.ts';
import { archiveFile, exitOf, killAtEachRequest, publishInChild } from './kill-at-requests.ts';

const TARGET = 'github:ada/charts@index';
const OLD = Buffer.from(
  `apiVersion: v1\nentries:\n  old:\n  - {name: old, version: 1.0.0, apiVersion: v2, digest: ${'a'.repeat(64)}, created: "2026-01-01T00:00:00Z", urls: ["https://example.com/old-1.0.0.tgz"]}\ngenerated: "2026-01-01T00:00:00Z"\n`,
);

function add(fake: FakeGitHub, tag: string, files: Record<string, Uint8Array>): void {
  const assets = Object.entries(files).map(([name, bytes]) => {
    return { id: fake.nextId(), name, bytes: Buffer.from(bytes), state: 'uploaded' as const };
  });
  fake.addRelease({ tag, assets });
}

/** The release of an archive, so that only the index is left to write. */
function addReleaseOf(fake: FakeGitHub, file: string): void {
  const files = [file, `${file}.prov`].map((path) => [basename(path), readFileSync(path)] as const);
  add(fake, basename(file, '.tgz'), Object.fromEntries(files));
}

function indexAssets({ releases }: FakeGitHub) {
  return releases.find(({ tag }) => tag === 'index')?.assets ?? [];
}

function listedIn(bytes: Uint8Array): string[] {
  const { document, problems } = readIndex(Buffer.from(bytes), 'index.yaml');
  expect(problems).toEqual([]);
  return [...document.charts.values()].flat().map(({ chart, version }) => `${chart} ${version}`);
}

/** All that people see, without the time in the index. */
function stateOf(fake: FakeGitHub): object {
  const assets = indexAssets(fake).toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return {
    tags: fake.releases.map(({ tag, isDraft }) => `${tag} ${isDraft}`).toSorted(),
    files: assets.map(({ name, bytes, state }) => [name, state, listedIn(bytes)]),
    contents: new Set(assets.map(({ bytes }) => sha256(bytes))).size,
  };
}

/** What has a number is whole and has all that was there before; what is served is that too. */
function expectNothingLost(fake: FakeGitHub): void {
  for (const { name, bytes } of indexAssets(fake))
    if (/^index(?:-\d+)?\.yaml$/.test(name)) expect(listedIn(bytes)).toContain('old 1.0.0');
  const numbered = indexAssets(fake).filter(({ name }) => /^index-\d+\.yaml$/.test(name));
  expect(numbered.length).toBeGreaterThan(0);
}

test('killed at any request and run again the index has what is new and what was there', async () => {
  const file = await archiveFile();
  const { expected, lines } = await killAtEachRequest({
    args: [TARGET, file],
    prepare: (fake) => {
      addReleaseOf(fake, file);
      add(fake, 'index', { 'index-6.yaml': OLD, 'index.yaml': OLD });
    },
    stateOf,
    expectWhole: expectNothingLost,
  });
  const both = ['demo 1.0.0', 'old 1.0.0'];
  expect(expected).toEqual({
    tags: ['demo-1.0.0 false', 'index false'],
    files: [
      ['index-7.yaml', 'uploaded', both],
      ['index.yaml', 'uploaded', both],
    ],
    contents: 1,
  });
  const writes = lines.filter((line) => !line.startsWith('GET'));
  const asset = '/api/repos/ada/charts/releases/assets';
  expect(writes.toSorted()).toEqual([
    ...[`DELETE ${asset}`, `DELETE ${asset}`, `PATCH ${asset}`, `PATCH ${asset}`],
    ...['POST /uploads/repos/ada/charts/releases', 'POST /uploads/repos/ada/charts/releases'],
  ]);
}, 600_000);

test('killed at any request and run again there is a first index', async () => {
  const file = await archiveFile();
  const { expected, lines } = await killAtEachRequest({
    args: [TARGET, file],
    prepare: (fake) => {
      addReleaseOf(fake, file);
    },
    stateOf,
    expectWhole: ({ releases }) => {
      expect(releases.filter(({ tag }) => tag === 'index').length).toBeLessThan(2);
    },
  });
  expect(expected).toMatchObject({
    files: [
      ['index-1.yaml', 'uploaded', ['demo 1.0.0']],
      ['index.yaml', 'uploaded', ['demo 1.0.0']],
    ],
  });
  expect(lines).toContain('POST /api/repos/ada/charts/releases');
}, 600_000);

test('six processes at once lose nothing', async () => {
  const fake = new FakeGitHub();
  add(fake, 'index', { 'index.yaml': OLD });
  const versions = ['1.0.0', '1.1.0', '1.2.0', '1.3.0', '1.4.0'];
  const files = await Promise.all(versions.map(archiveFile));
  for (const file of files) addReleaseOf(fake, file);
  const environment = await fake.listen();
  const children = [...files, files[0] ?? ''].map((file) =>
    publishInChild(environment, [TARGET, file]),
  );
  expect(await Promise.all(children.map(exitOf))).toEqual([0, 0, 0, 0, 0, 0]);
  const all = [...versions.map((version) => `demo ${version}`), 'old 1.0.0'].toSorted();
  const [numbered, served] = indexAssets(fake).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  expect([numbered?.name, served?.name]).toEqual(['index-5.yaml', 'index.yaml']);
  for (const asset of [numbered, served])
    expect(listedIn(asset?.bytes ?? Buffer.of()).toSorted()).toEqual(all);
});
