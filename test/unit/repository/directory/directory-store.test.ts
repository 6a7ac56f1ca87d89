import { EventEmitter, once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterEach, expect, test, vi } from 'vitest';
import { lockOf, withLock } from '../../../../generator/src/files/lock.ts';
import { silent } from '../../../../generator/src/progress.ts';
import { DirectoryStore } from '../../../../generator/src/repository/directory/directory-store.ts';
import { archiveOf } from '../../archive/fixture.ts';
import { temporaryFolder, textsIn, write } from '../../fileset/fixture.ts';
import { publicIndexes } from '../fixture.ts';
import { signed } from './fixture.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const readIndex = (folder: string) => readFileSync(join(folder, 'index.yaml'), 'utf8');

test('archives are published, and then the index names them', async () => {
  vi.stubEnv('SOURCE_DATE_EPOCH', '1700000000');
  const folder = join(temporaryFolder(), 'new', 'repository');
  const demo = await archiveOf('demo', '1.0.0+1');
  const plan = await new DirectoryStore(folder).publish([demo, demo], silent);
  expect(plan).toMatchObject({
    uploads: [{ name: 'demo' }],
    additions: [{ name: 'demo' }],
    unchanged: [],
  });
  expect(readFileSync(join(folder, 'demo-1.0.0+1.tgz'))).toEqual(Buffer.from(demo.bytes));
  expect(readIndex(folder)).toBe(`apiVersion: v1
entries:
  demo:
  - apiVersion: v2
    created: "2023-11-14T22:13:20Z"
    digest: ${demo.digest}
    name: demo
    urls:
    - demo-1.0.0+1.tgz
    version: 1.0.0+1
generated: "2023-11-14T22:13:20Z"
`);
  expect(readdirSync(folder).toSorted()).toEqual(['demo-1.0.0+1.tgz', 'index.yaml']);
});

test.each([
  ['https://example.com/charts', 'https://example.com/charts/demo-1.0.0.tgz'],
  ['https://example.com/charts/', 'https://example.com/charts/demo-1.0.0.tgz'],
  ['https://example.com?token=x', 'https://example.com/demo-1.0.0.tgz?token=x'],
])('with the url %s the index names %s', async (url, expected) => {
  const folder = temporaryFolder();
  await new DirectoryStore(folder, { url }).publish([await archiveOf()], silent);
  expect(load(readIndex(folder))).toMatchObject({ entries: { demo: [{ urls: [expected] }] } });
});

test.each(['example.com/charts', 'ftp://example.com', 'x y', ''])(
  '"%s" is refused as a URL before anything is read',
  (url) => {
    expect(() => new DirectoryStore('/nonexistent', { url })).toThrow(
      expect.objectContaining({ code: 'USAGE' }) as Error,
    );
  },
);

test('publishing the same again touches no file', async () => {
  const folder = temporaryFolder();
  const state = () =>
    readdirSync(folder).map((name) => {
      const { ino, mtimeMs } = statSync(join(folder, name));
      return [name, ino, mtimeMs];
    });
  const archives = [await archiveOf('one'), await archiveOf('two')];
  await new DirectoryStore(folder).publish(archives, silent);
  const before = state();
  const plan = await new DirectoryStore(folder).publish(archives, silent);
  expect(plan).toMatchObject({
    uploads: [],
    additions: [],
    unchanged: [{ name: 'one' }, { name: 'two' }],
  });
  expect(state()).toEqual(before);
});

test('a dry run changes nothing and says what a run does', async () => {
  const folder = join(temporaryFolder(), 'repository');
  const store = new DirectoryStore(folder);
  const archives = [await archiveOf()];
  const plan = await store.plan(archives);
  expect(existsSync(folder)).toBe(false);
  vi.stubEnv('SOURCE_DATE_EPOCH', String(Date.parse(plan.additions[0]?.created ?? '') / 1000));
  expect(await store.publish(archives, silent)).toEqual(plan);
});

test('a file that was lost comes back, an index written by hand stays as it is', async () => {
  const folder = temporaryFolder();
  const demo = await archiveOf();
  const text = `# by hand\napiVersion: v1\nentries: { demo: [{ name: demo, version: 1.0.0, urls: [demo-1.0.0.tgz], digest: "sha256:${demo.digest}" }] }\n`;
  write(join(folder, 'index.yaml'), text);
  const plan = await new DirectoryStore(folder).publish([demo], silent);
  expect(plan).toMatchObject({ uploads: [{ name: 'demo' }], additions: [] });
  expect(readFileSync(join(folder, demo.fileName))).toEqual(Buffer.from(demo.bytes));
  expect(readIndex(folder)).toBe(text);
});

test('what is wrong in the index is reported and stays', async () => {
  const folder = temporaryFolder();
  write(join(folder, 'index.yaml'), 'apiVersion: v1\nmystery: 1\nentries: { demo: [null] }\n');
  const { warnings } = await new DirectoryStore(folder).publish([await archiveOf()], silent);
  expect(warnings.map(({ path }) => path)).toEqual(['mystery', 'entries.demo[0]']);
  expect(load(readIndex(folder))).toMatchObject({
    mystery: 1,
    entries: { demo: [{ version: '1.0.0' }, null] },
  });
});

test('a retired version is not published again: the same bytes change nothing, others are refused', async () => {
  const folder = temporaryFolder();
  const demo = await archiveOf();
  write(
    join(folder, 'archive', 'index.yaml'),
    `apiVersion: v1\nentries: { demo: [{ name: demo, version: 1.0.0, urls: [../demo-1.0.0.tgz], digest: ${demo.digest} }] }\n`,
  );
  writeFileSync(join(folder, demo.fileName), demo.bytes);
  const before = textsIn(folder);
  const plan = await new DirectoryStore(folder).publish([demo], silent);
  expect(plan).toMatchObject({
    uploads: [],
    additions: [],
    unchanged: [{ name: 'demo' }],
    warnings: [{ message: expect.stringContaining('demo 1.0.0 is retired') as string }],
  });
  rmSync(join(folder, demo.fileName));
  const changed = await archiveOf('demo', '1.0.0', 'a: 2\n');
  await expect(new DirectoryStore(folder).publish([changed], silent)).rejects.toMatchObject({
    code: 'VERSION_EXISTS',
    problems: [{ message: expect.stringContaining('the index of retired versions') as string }],
  });
  await new DirectoryStore(folder).publish([demo], silent);
  expect(textsIn(folder)).toEqual(before);
});

test('provenance is published with its archive', async () => {
  const folder = temporaryFolder();
  const demo = signed(await archiveOf());
  const store = new DirectoryStore(folder);
  const planned = await store.plan([demo]);
  expect(planned.provenance).toEqual(['demo-1.0.0.tgz.prov']);
  expect((await store.publish([demo], silent)).provenance).toEqual(planned.provenance);
  expect(readFileSync(join(folder, 'demo-1.0.0.tgz.prov'))).toEqual(demo.provenance);
  const again = await store.publish([signed(demo, 'another signature')], silent);
  expect(again).toMatchObject({ uploads: [], provenance: [], unchanged: [{ name: 'demo' }] });
  expect(readFileSync(join(folder, 'demo-1.0.0.tgz.prov'))).toEqual(demo.provenance);
});

test('an archive that is published already can be signed later', async () => {
  const folder = temporaryFolder();
  const demo = await archiveOf();
  await new DirectoryStore(folder).publish([demo], silent);
  const index = readIndex(folder);
  const { provenance, additions } = await new DirectoryStore(folder).publish(
    [signed(demo)],
    silent,
  );
  expect([provenance, additions]).toEqual([['demo-1.0.0.tgz.prov'], []]);
  expect(readIndex(folder)).toBe(index);
});

test('a provenance file of other bytes gives way', async () => {
  const folder = temporaryFolder();
  const demo = signed(await archiveOf());
  const prov = join(folder, 'demo-1.0.0.tgz.prov');
  for (const wrong of ['text', signed(await archiveOf('demo', '1.0.0', 'b: 1\n')).provenance]) {
    writeFileSync(prov, wrong);
    const { provenance } = await new DirectoryStore(folder).publish([demo], silent);
    expect(provenance).toEqual(['demo-1.0.0.tgz.prov']);
    expect(readFileSync(prov)).toEqual(demo.provenance);
  }
});

test.each([...publicIndexes()])(
  'to %s versions are added, and all else keeps its bytes',
  async (_, bytes) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'index.yaml'), bytes);
    const archives = [await archiveOf('zz-demo'), await archiveOf('aa-demo')];
    const publish = () => new DirectoryStore(folder).publish(archives, silent);
    if (!bytes.includes('apiVersion:')) {
      await expect(publish()).rejects.toMatchObject({ code: 'INDEX_INVALID' });
      expect(readIndex(folder)).toBe(bytes.toString());
      return;
    }
    expect((await publish()).additions).toHaveLength(2);
    const before = bytes.toString().split('\n');
    const after = readIndex(folder).split('\n');
    // All old lines are there, in their order.
    let next = 0;
    for (const line of after) if (line === before[next]) next += 1;
    expect(next).toBe(before.length);
    expect(after.length - before.length).toBeLessThan(30);
    expect(await publish()).toMatchObject({ additions: [], unchanged: [{}, {}] });
  },
);

test('a writer waits until the one before it is done, and says so', async () => {
  const folder = temporaryFolder();
  const archive = await archiveOf();
  let publishing: Promise<unknown> = Promise.resolve();
  const other = { progress: silent, busy: 'is at work', waitMilliseconds: 0 };
  await withLock(lockOf(folder), other, async () => {
    const progress = new EventEmitter();
    const said = once(progress, 'message');
    publishing = new DirectoryStore(folder).publish([archive], (text) =>
      progress.emit('message', text),
    );
    expect(await said).toEqual(['waiting for another process that is publishing there']);
    expect(readdirSync(folder)).toEqual(['.lock']);
  });
  await publishing;
  expect(readdirSync(folder)).toEqual([archive.fileName, 'index.yaml']);
});
