import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { expect, test, vi } from 'vitest';
import { sha256 } from '../../../../generator/src/files/digest.ts';
import { silent } from '../../../../generator/src/progress.ts';
import { indexDirectory } from '../../../../generator/src/repository/directory/index-directory.ts';
import { writeCheckedRecord } from '../../../../generator/src/repository/index-file/checked-record.ts';
import { replaceInFile } from '../../../support/files.ts';
import { archiveOf } from '../../archive/fixture.ts';
import { temporaryFolder, textsIn, write } from '../../fileset/fixture.ts';

const progress = silent;
const readIndex = (folder: string) => readFileSync(join(folder, 'index.yaml'), 'utf8');
const versions = (folder: string) =>
  Object.values(
    (load(readIndex(folder)) as { entries: Record<string, { version: string; urls: string[] }[]> })
      .entries,
  )
    .flat()
    .map(({ version, urls }) => `${version} ${urls.join()}`);

async function folderOf(archives: Record<string, string>): Promise<string> {
  const folder = temporaryFolder();
  for (const [path, version] of Object.entries(archives)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), (await archiveOf('demo', version)).bytes);
  }
  return folder;
}

test('archives in the folder and in its folders are added, under the names they have', async () => {
  const folder = await folderOf({
    'a b.tgz': '1.0.0+1',
    'sub/demo-2.tgz': '1.0.0+2',
    'sub/sub/x.tgz': '3.0.0',
    '.hidden/x.tgz': '4.0.0',
  });
  const { added, changed } = await indexDirectory(folder, { progress });
  expect([added.length, changed]).toEqual([2, true]);
  expect(versions(folder)).toEqual(['1.0.0+2 sub/demo-2.tgz', '1.0.0+1 a%20b.tgz']);
});

test('archives in a folder that is linked are added, as by Helm', async () => {
  const folder = await folderOf({});
  symlinkSync(await folderOf({ 'demo-1.0.0.tgz': '1.0.0' }), join(folder, 'linked'));
  symlinkSync('round', join(folder, 'round'));
  await indexDirectory(folder, { progress });
  expect(versions(folder)).toEqual(['1.0.0 linked/demo-1.0.0.tgz']);
});

test('an archive that is called as another one is elsewhere is added', async () => {
  const folder = await folderOf({ 'chart.tgz': '1.0.0', 'demo-2.0.0.tgz': '2.0.0' });
  const entries = [
    'redis 1.0.0 https://a.b/redis/chart.tgz',
    'demo 2.0.0 https://a.b/demo-2.0.0.tgz',
  ]
    .map((entry) => entry.split(' '))
    .map(
      ([name, version, url]) =>
        `${name}: [{ name: ${name}, version: ${version}, urls: ["${url}"] }]`,
    );
  write(join(folder, 'index.yaml'), `apiVersion: v1\nentries: { ${entries.join(', ')} }\n`);
  const { added } = await indexDirectory(folder, { progress });
  expect(added.map(({ file }) => file)).toEqual(['chart.tgz']);
});

test('what is wrong in the memory of an index hides no archive from a rebuild', async () => {
  vi.stubEnv('SPARK_CHARTS_CACHE', temporaryFolder());
  const folder = await folderOf({ 'a.tgz': '1.0.0', 'b.tgz': '2.0.0' });
  // Large ones only are remembered.
  const text = `apiVersion: v1\nannotations:\n  large: ${'a'.repeat(300_000)}\nentries: {}\n`;
  write(join(folder, 'index.yaml'), text);
  await writeCheckedRecord(Buffer.from(text), { problems: [], listed: new Set(['b.tgz']) });
  const added = async (rebuild: boolean) =>
    (await indexDirectory(folder, { progress, rebuild })).added.map(({ file }) => file);
  expect(await added(false)).toEqual(['a.tgz']);
  expect(await added(true)).toEqual(['b.tgz']);
  vi.unstubAllEnvs();
});

test('an index that lacks nothing is not written', async () => {
  const folder = await folderOf({ 'demo-1.0.0.tgz': '1.0.0' });
  await indexDirectory(folder, { progress });
  const before = statSync(join(folder, 'index.yaml')).ino;
  expect(await indexDirectory(folder, { progress, url: 'https://example.com' })).toMatchObject({
    added: [],
    changed: false,
  });
  expect(statSync(join(folder, 'index.yaml')).ino).toBe(before);
});

test('entries whose archives are elsewhere stay', async () => {
  const folder = await folderOf({ 'demo-1.0.0.tgz': '1.0.0' });
  write(
    join(folder, 'index.yaml'),
    'apiVersion: v1\nannotations: { a: b }\nentries: { demo: [{ name: demo, version: 0.9.0, created: "2001-01-01T00:00:00Z", urls: [https://a.b/c] }] }\n',
  );
  await indexDirectory(folder, { progress, url: 'https://example.com/x' });
  expect(versions(folder)).toEqual([
    '1.0.0 https://example.com/x/demo-1.0.0.tgz',
    '0.9.0 https://a.b/c',
  ]);
  expect(readIndex(folder)).toContain('created: "2001-01-01T00:00:00Z"');
  expect(readIndex(folder)).toContain('annotations:');
});

test('another index is merged by exact version', async () => {
  const folder = await folderOf({ 'demo.tgz': '1.0.0+2' });
  const merge = join(temporaryFolder(), 'old.yaml');
  write(
    merge,
    'apiVersion: v1\nentries: { demo: [{ name: demo, version: 1.0.0+1, urls: [old] }], gone: [{ name: gone, version: 1.0.0, urls: [gone] }] }\n',
  );
  await indexDirectory(folder, { progress, merge });
  expect(versions(folder)).toEqual(['1.0.0+2 demo.tgz', '1.0.0+1 old', '1.0.0 gone']);
  expect(await indexDirectory(folder, { progress, merge })).toMatchObject({ changed: false });
});

test("the folder's own index, not there yet, is nothing to merge, as with Helm", async () => {
  const folder = await folderOf({ 'demo-1.0.0.tgz': '1.0.0' });
  const merge = join(folder, 'sub', '..', 'index.yaml');
  await indexDirectory(folder, { progress, merge });
  expect(versions(folder)).toEqual(['1.0.0 demo-1.0.0.tgz']);
});

test('an index to merge that is not there is a typing error', async () => {
  const folder = await folderOf({ 'demo.tgz': '1.0.0' });
  const merge = join(folder, 'none.yaml');
  await expect(indexDirectory(folder, { progress, merge })).rejects.toMatchObject({
    code: 'USAGE',
  });
  expect(Object.keys(textsIn(folder))).toEqual(['demo.tgz']);
});

test('an archive that is not the one an index has of its version is refused', async () => {
  const folder = await folderOf({ 'demo.tgz': '1.0.0' });
  const other = `apiVersion: v1\nentries: { demo: [{ name: demo, version: 1.0.0, urls: [elsewhere.tgz], digest: ${'0'.repeat(64)} }] }\n`;
  const merge = join(temporaryFolder(), 'old.yaml');
  write(merge, other);
  await expect(indexDirectory(folder, { progress, merge })).rejects.toMatchObject({
    code: 'VERSION_EXISTS',
  });
  expect(Object.keys(textsIn(folder))).toEqual(['demo.tgz']);
  write(join(folder, 'index.yaml'), other);
  await expect(indexDirectory(folder, { progress })).rejects.toMatchObject({
    code: 'VERSION_EXISTS',
  });
  expect(readIndex(folder)).toBe(other);
});

test('archives that the index names are not read again, its other bytes stay', async () => {
  const folder = await folderOf({ 'demo-1.0.0.tgz': '1.0.0', 'sub/b c.tgz': '1.1.0' });
  const before = `# by hand
apiVersion: v1
entries:
  demo:
  - {name: demo, version: "1.0.0", urls: ['https://example.com/x/demo-1.0.0.tgz']} # no digest
  gone: []
generated: then
`;
  write(join(folder, 'index.yaml'), before);
  // Could not be read.
  writeFileSync(join(folder, 'demo-1.0.0.tgz'), 'text');
  const { added, changed, unreadable } = await indexDirectory(folder, { progress });
  expect([added, changed, unreadable]).toEqual([
    [
      {
        name: 'demo',
        version: '1.1.0',
        file: 'sub/b c.tgz',
        digest: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
      },
    ],
    true,
    [],
  ]);
  const after = readIndex(folder);
  expect(versions(folder)).toEqual([
    '1.1.0 sub/b%20c.tgz',
    '1.0.0 https://example.com/x/demo-1.0.0.tgz',
  ]);
  const own = after.split('\n').filter((line) => !before.split('\n').includes(line));
  expect(after.split('\n').filter((line) => !own.includes(line))).toEqual(before.split('\n'));
  expect(await indexDirectory(folder, { progress })).toMatchObject({ changed: false });
});

test('a dry run says what a run does and changes nothing', async () => {
  const folder = await folderOf({ 'a.tgz': '1.0.0', 'b.tgz': '1.1.0' });
  const before = textsIn(folder);
  const planned = await indexDirectory(folder, { progress, dryRun: true });
  expect(textsIn(folder)).toEqual(before);
  expect(planned.added).toHaveLength(2);
  expect(await indexDirectory(folder, { progress })).toEqual(planned);
});

test('a rebuild corrects what archives say otherwise, and keeps what only the index says', async () => {
  const folder = await folderOf({ 'a.tgz': '1.0.0', 'b.tgz': '1.1.0', 'c.tgz': '1.2.0' });
  await indexDirectory(folder, { progress });
  const digest = sha256(readFileSync(join(folder, 'b.tgz')));
  await replaceInFile(join(folder, 'index.yaml'), digest, '0'.repeat(64));
  await replaceInFile(
    join(folder, 'index.yaml'),
    /(created: .*\n)(.*\n.*\n.*\n.*)(a\.tgz\n)/,
    'created: "2001-01-01T00:00:00Z"\n    deprecated: true\n    description: Wrong\n    digest: none\n    name: demo\n    urls:\n    - https://example.com/a.tgz\n',
  );
  const text = readIndex(folder);
  const ofC = text.slice(text.indexOf('  - '), text.indexOf('  - ', text.indexOf('c.tgz') - 3));
  const { corrected, added, changed } = await indexDirectory(folder, { progress, rebuild: true });
  expect(corrected.map(({ version, file }) => `${version} ${file}`)).toEqual([
    '1.1.0 b.tgz',
    '1.0.0 a.tgz',
  ]);
  expect([added, changed]).toEqual([[], true]);
  expect(readIndex(folder)).toContain(ofC);
  const { entries } = load(readIndex(folder)) as { entries: { demo: Record<string, unknown>[] } };
  expect(entries.demo[1]).toMatchObject({ digest });
  expect(entries.demo[2]).toEqual({
    apiVersion: 'v2',
    created: '2001-01-01T00:00:00Z',
    deprecated: true,
    digest: sha256(readFileSync(join(folder, 'a.tgz'))),
    name: 'demo',
    urls: ['https://example.com/a.tgz'],
    version: '1.0.0',
  });
  const again = await indexDirectory(folder, { progress, rebuild: true });
  expect(again).toMatchObject({ corrected: [], withoutArchive: [], changed: false });
});

test('a rebuild lists entries without archive and leaves them, and those that cannot be read', async () => {
  const folder = await folderOf({ 'a.tgz': '1.0.0', 'b.tgz': '1.1.0', 'c.tgz': '1.2.0' });
  await indexDirectory(folder, { progress });
  const before = readIndex(folder);
  rmSync(join(folder, 'a.tgz'));
  writeFileSync(join(folder, 'b.tgz'), 'text');
  expect(await indexDirectory(folder, { progress, rebuild: true })).toMatchObject({
    changed: false,
    corrected: [],
    withoutArchive: [{ name: 'demo', version: '1.0.0' }],
    unreadable: [{ file: 'b.tgz' }],
  });
  expect(readIndex(folder)).toBe(before);
});

test('a rebuild finds an archive that another chart version took the place of', async () => {
  const folder = await folderOf({ 'a.tgz': '1.0.0' });
  await indexDirectory(folder, { progress });
  writeFileSync(join(folder, 'a.tgz'), (await archiveOf('demo', '2.0.0')).bytes);
  expect(await indexDirectory(folder, { progress, rebuild: true })).toMatchObject({
    added: [{ version: '2.0.0' }],
    withoutArchive: [{ version: '1.0.0' }],
  });
  expect(versions(folder)).toEqual(['2.0.0 a.tgz', '1.0.0 a.tgz']);
});

test('what is retired is not added again, from an archive nor from another index', async () => {
  const folder = await folderOf({
    'demo-1.0.0.tgz': '1.0.0',
    'copy.tgz': '1.0.0',
    'new.tgz': '2.0.0',
  });
  const digest = sha256(readFileSync(join(folder, 'copy.tgz')));
  const retired = `apiVersion: v1\nentries: { demo: [{ name: demo, version: 1.0.0, urls: [../demo-1.0.0.tgz], digest: ${digest} }] }\n`;
  write(join(folder, 'archive', 'index.yaml'), retired);
  const merge = join(temporaryFolder(), 'old.yaml');
  write(
    merge,
    'apiVersion: v1\nentries: { demo: [{ name: demo, version: 1.0.0, urls: [x] }, { name: demo, version: 0.1.0, urls: [old] }] }\n',
  );
  for (const rebuild of [false, true]) {
    const result = await indexDirectory(folder, { progress, merge, rebuild });
    expect(result.warnings.map(({ message }) => message)).toEqual([
      'demo 1.0.0 is retired here and not taken over',
      'demo 1.0.0 is retired and stays out of the index that clients read',
    ]);
  }
  expect(versions(folder)).toEqual(['2.0.0 new.tgz', '0.1.0 old']);
  expect(readFileSync(join(folder, 'archive', 'index.yaml'), 'utf8')).toBe(retired);
});

test('an archive that the retired index names is not even read', async () => {
  const folder = temporaryFolder();
  write(join(folder, 'old.tgz'), 'text');
  write(
    join(folder, 'archive', 'index.yaml'),
    'apiVersion: v1\nentries: { demo: [{ name: demo, version: 1.0.0, urls: [../old.tgz] }] }\n',
  );
  for (const rebuild of [false, true])
    expect(await indexDirectory(folder, { progress, rebuild })).toMatchObject({
      added: [],
      unreadable: [],
      warnings: [],
    });
});

test('index.json is written when asked for, and kept in step from then on', async () => {
  const folder = await folderOf({ 'a.tgz': '1.0.0' });
  const json = join(folder, 'index.json');
  await indexDirectory(folder, { progress });
  expect(existsSync(json)).toBe(false);
  await indexDirectory(folder, { progress, indexJson: true });
  expect(JSON.parse(readFileSync(json, 'utf8'))).toEqual(load(readIndex(folder)));
  writeFileSync(join(folder, 'b.tgz'), (await archiveOf('demo', '2.0.0')).bytes);
  await indexDirectory(folder, { progress });
  expect(JSON.parse(readFileSync(json, 'utf8'))).toEqual(load(readIndex(folder)));
  // Another program changes index.yaml alone.
  await replaceInFile(join(folder, 'index.yaml'), 'b.tgz', 'https://example.com/b.tgz');
  await indexDirectory(folder, { progress });
  expect(JSON.parse(readFileSync(json, 'utf8'))).toEqual(load(readIndex(folder)));
});

test('one version in two files is one entry, with other bytes an error', async () => {
  const folder = await folderOf({ 'a.tgz': '1.0.0', 'b.tgz': '1.0.0' });
  await indexDirectory(folder, { progress });
  expect(versions(folder)).toEqual(['1.0.0 a.tgz']);
  writeFileSync(join(folder, 'b.tgz'), (await archiveOf('demo', '1.0.0', 'other: 1\n')).bytes);
  await expect(indexDirectory(folder, { progress })).rejects.toMatchObject({
    code: 'VERSION_EXISTS',
  });
});

test('archives that cannot be read are listed, the others indexed', async () => {
  const folder = await folderOf({ 'good.tgz': '1.0.0' });
  write(join(folder, 'bad.tgz'), 'no archive');
  write(join(folder, 'worse.tgz', 'file'), 'a folder');
  const { added, unreadable } = await indexDirectory(folder, { progress });
  expect(added.map(({ version }) => version)).toEqual(['1.0.0']);
  expect(unreadable).toEqual([
    { file: 'bad.tgz', message: expect.stringContaining('it is not a gzip file') as unknown },
  ]);
});

test('an empty folder gets an empty index', async () => {
  const folder = temporaryFolder();
  expect(await indexDirectory(folder, { progress })).toMatchObject({ changed: true });
  expect(load(readIndex(folder))).toMatchObject({ apiVersion: 'v1', entries: {} });
});

test('a folder that is not there is no bug', async () => {
  await expect(indexDirectory('/nonexistent/folder', { progress })).rejects.toMatchObject({
    code: 'USAGE',
  });
});
