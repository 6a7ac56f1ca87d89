import { chmodSync, readdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterEach, expect, test, vi } from 'vitest';
import { silent } from '../../../../generator/src/progress.ts';
import {
  GitStore,
  type GitStoreOptions,
} from '../../../../generator/src/repository/git/git-store.ts';
import { archiveOf } from '../../archive/fixture.ts';
import { temporaryFolder, write } from '../../fileset/fixture.ts';
import { signed } from '../directory/fixture.ts';
import {
  bareRemote,
  bytesOn,
  environmentOf,
  filesOn,
  git,
  publishedOn,
  pushFiles,
  targetOf,
  tipOf,
} from './fixture.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

function storeOf(remote: string, fragment = '', options: GitStoreOptions = {}): GitStore {
  return new GitStore(targetOf(remote, fragment), { environment: environmentOf(), ...options });
}

test('an empty repository gets the branch, in one commit', async () => {
  const remote = bareRemote();
  const environment = environmentOf();
  const [one, two] = [signed(await archiveOf('one')), await archiveOf('two', '2.0.0+b')];
  const plan = await storeOf(remote, '', { environment }).publish([one, two], silent);
  expect(plan).toMatchObject({
    uploads: [{ name: 'one' }, { name: 'two' }],
    additions: [{ name: 'one' }, { name: 'two' }],
    provenance: ['one-1.0.0.tgz.prov'],
    unchanged: [],
    warnings: [],
  });
  expect(filesOn(remote)).toEqual([
    '.nojekyll',
    'index.yaml',
    'one-1.0.0.tgz',
    'one-1.0.0.tgz.prov',
    'two-2.0.0+b.tgz',
  ]);
  expect(publishedOn(remote)).toEqual(['one 1.0.0', 'two 2.0.0+b']);
  expect(git(remote, 'log', '--format=%an <%ae>%n%B', 'gh-pages')).toBe(
    'Ada <ada@example.com>\nPublish 2 chart versions\n\n- one-1.0.0\n- two-2.0.0+b',
  );
  expect(readdirSync(environment.TMPDIR ?? '')).toEqual([]);
});

test('a new branch has nothing of the others', async () => {
  const remote = bareRemote();
  pushFiles(remote, { 'README.md': 'sources' }, 'main');
  await storeOf(remote, '#charts').publish([await archiveOf()], silent);
  expect(filesOn(remote, 'charts')).toEqual(['.nojekyll', 'demo-1.0.0.tgz', 'index.yaml']);
  expect(git(remote, 'rev-list', '--count', 'charts')).toBe('1');
  expect(filesOn(remote, 'main')).toEqual(['README.md']);
});

test('publishing the same again makes no commit', async () => {
  const remote = bareRemote();
  const archives = [await archiveOf()];
  await storeOf(remote).publish(archives, silent);
  const before = tipOf(remote);
  const plan = await storeOf(remote).publish(archives, silent);
  expect(plan).toMatchObject({ uploads: [], additions: [], unchanged: [{ name: 'demo' }] });
  expect(tipOf(remote)).toBe(before);
  await storeOf(remote, '#none').publish([], silent);
  expect(tipOf(remote, 'none')).toBe('');
});

test('a dry run changes nothing and says what a run does', async () => {
  vi.stubEnv('SOURCE_DATE_EPOCH', '1700000000');
  const remote = bareRemote();
  const [one, two] = [await archiveOf('one'), await archiveOf('two')];
  const first = await storeOf(remote).plan([one]);
  expect(tipOf(remote)).toBe('');
  expect(await storeOf(remote).publish([one], silent)).toEqual(first);
  const before = tipOf(remote);
  const second = await storeOf(remote).plan([one, two]);
  expect(second).toMatchObject({ additions: [{ name: 'two' }], unchanged: [{ name: 'one' }] });
  expect(tipOf(remote)).toBe(before);
});

test('what is published goes after what is there, and nothing else changes', async () => {
  const remote = bareRemote();
  const clone = temporaryFolder();
  git(clone, 'init', '--quiet', '--initial-branch=gh-pages');
  write(join(clone, 'run.sh'), 'exit 0\n');
  chmodSync(join(clone, 'run.sh'), 0o755);
  symlinkSync('run.sh', join(clone, 'link'));
  write(join(clone, '.gitignore'), '*.tgz\n');
  write(join(clone, 'index.yaml'), 'apiVersion: v1\nentries: {}\n');
  chmodSync(join(clone, 'index.yaml'), 0o755);
  write(join(clone, 'deep/er/page.html'), '<p>\n');
  git(clone, 'add', '--all');
  const commit = '0'.repeat(39) + '1';
  git(clone, 'update-index', '--add', '--cacheinfo', `160000,${commit},module`);
  git(clone, 'commit', '--quiet', '--message=By hand');
  git(clone, 'push', '--quiet', remote, 'gh-pages');
  const before = tipOf(remote);
  await storeOf(remote).publish([await archiveOf()], silent);
  expect(git(remote, 'rev-parse', 'gh-pages^')).toBe(before);
  expect(git(remote, 'diff', '--name-status', before, 'gh-pages').split('\n')).toEqual([
    'A\tdemo-1.0.0.tgz',
    'M\tindex.yaml',
  ]);
  expect(git(remote, 'ls-tree', 'gh-pages', 'index.yaml')).toMatch(/^100755/);
});

test('a folder on the branch, and where it will be found', async () => {
  const remote = bareRemote();
  pushFiles(remote, { 'index.yaml': 'of others', 'charts/stable/page.html': '<p>\n' });
  const url = 'https://example.com/charts/stable';
  await storeOf(remote, '#:charts/stable', { url }).publish([await archiveOf('a[b]*')], silent);
  expect(filesOn(remote)).toEqual([
    'charts/stable/a[b]*-1.0.0.tgz',
    'charts/stable/index.yaml',
    'charts/stable/page.html',
    'index.yaml',
  ]);
  expect(load(bytesOn(remote, 'charts/stable/index.yaml').toString())).toMatchObject({
    entries: { 'a[b]*': [{ urls: [expect.stringMatching(`^${url}/a`) as string] }] },
  });
  const again = await storeOf(remote, '#:charts/stable').publish(
    [await archiveOf('a[b]*')],
    silent,
  );
  expect(again).toMatchObject({ uploads: [], additions: [] });
});

test('other bytes under a published version stop everything', async () => {
  const remote = bareRemote();
  const old = await archiveOf('demo', '1.0.0', 'a: 1\n');
  await storeOf(remote).publish([old], silent);
  const before = tipOf(remote);
  const changed = await archiveOf('demo', '1.0.0', 'a: 2\n');
  const error = {
    code: 'VERSION_EXISTS',
    problems: [
      {
        message: expect.stringMatching(
          `demo 1.0.0 is sha256:${changed.digest}.*sha256:${old.digest}`,
        ) as unknown,
      },
    ],
  };
  const archives = [await archiveOf('other'), changed];
  await expect(storeOf(remote).publish(archives, silent)).rejects.toMatchObject(error);
  await expect(storeOf(remote).plan(archives)).rejects.toMatchObject(error);
  expect(tipOf(remote)).toBe(before);
});

test('files of the branch are called by the branch, not by where they were copied to', async () => {
  const remote = bareRemote();
  const name = `${targetOf(remote).slice('git+'.length)}#gh-pages:index.yaml`;
  pushFiles(remote, { 'index.yaml': 'apiVersion: v1\nentries: { demo: [{ name: demo }] }\n' });
  const { warnings } = await storeOf(remote).plan([await archiveOf()]);
  expect(warnings).toMatchObject([{ file: name }, { file: name }]);
  pushFiles(remote, { 'index.yaml': 'entries: [\n' });
  await expect(storeOf(remote).plan([await archiveOf()])).rejects.toMatchObject({
    code: 'INDEX_INVALID',
    message: expect.stringContaining(name) as string,
  });
});

test.each(['charts', 'charts/stable', 'demo-1.0.0.tgz'])(
  'what stands at %s, where it cannot be both, is not replaced',
  async (place) => {
    const remote = bareRemote();
    const isFolder = place.endsWith('.tgz');
    pushFiles(remote, { [isFolder ? `${place}/page.html` : place]: 'of others' });
    const before = tipOf(remote);
    const store = storeOf(remote, isFolder ? '' : '#:charts/stable');
    await expect(store.publish([await archiveOf()], silent)).rejects.toMatchObject({
      code: 'FILE_SYSTEM',
    });
    expect(tipOf(remote)).toBe(before);
  },
);

test('a link on the branch leads nowhere', async () => {
  const remote = bareRemote();
  const [clone, elsewhere] = [temporaryFolder(), temporaryFolder()];
  git(clone, 'init', '--quiet', '--initial-branch=gh-pages');
  symlinkSync(elsewhere, join(clone, 'charts'));
  git(clone, 'add', '--all');
  git(clone, 'commit', '--quiet', '--message=By hand');
  git(clone, 'push', '--quiet', remote, 'gh-pages');
  const store = storeOf(remote, '#:charts');
  await expect(store.publish([await archiveOf()], silent)).rejects.toMatchObject({
    code: 'FILE_SYSTEM',
  });
  expect(readdirSync(elsewhere)).toEqual([]);
});

test.each([
  [
    'attributes of the branch',
    { '.gitattributes': '* text=auto eol=crlf\n*.tgz text ident\n' },
    '',
  ],
  ['a filter', { '.gitattributes': '* filter=spoil\n' }, '[filter "spoil"]\nclean = tr a-z A-Z\n'],
  ['the settings of the user', {}, '[core]\nautocrlf = true\n'],
])('bytes stay as they are in spite of %s', async (_, files, settings) => {
  const remote = bareRemote();
  const index = 'apiVersion: v1\r\nentries: {}\r\n# $Id$\n';
  pushFiles(remote, { 'index.yaml': index });
  if (Object.keys(files).length > 0) pushFiles(remote, files);
  const before = bytesOn(remote, 'index.yaml').toString();
  const archive = signed(await archiveOf());
  const environment = environmentOf(settings);
  await storeOf(remote, '', { environment }).publish([archive], silent);
  expect(bytesOn(remote, 'demo-1.0.0.tgz')).toEqual(Buffer.from(archive.bytes));
  expect(bytesOn(remote, 'demo-1.0.0.tgz.prov')).toEqual(Buffer.from(archive.provenance));
  const after = bytesOn(remote, 'index.yaml').toString();
  expect(after.split('\n')[0]).toBe(before.split('\n')[0]);
  expect(after).toContain('# $Id$\n');
});

test('a repository of SHA-256, and one whose past is cut off', async () => {
  const modern = bareRemote('--object-format=sha256');
  pushFiles(modern, { 'page.html': '<p>\n' });
  await storeOf(modern).publish([await archiveOf()], silent);
  expect(publishedOn(modern)).toEqual(['demo 1.0.0']);

  const full = bareRemote();
  pushFiles(full, { 'page.html': '1\n' });
  pushFiles(full, { 'page.html': '2\n' });
  const shallow = join(temporaryFolder(), 'shallow.git');
  const source = targetOf(full).slice('git+'.length);
  git('/', 'clone', '--quiet', '--bare', '--depth=1', '--branch=gh-pages', source, shallow);
  await storeOf(shallow).publish([await archiveOf()], silent);
  expect(publishedOn(shallow)).toEqual(['demo 1.0.0']);
  expect(git(shallow, 'rev-list', '--count', 'gh-pages')).toBe('2');
});

test('paths and names of any letters', async () => {
  const remote = bareRemote();
  const odd = join(temporaryFolder(), 'ä b#%41.git');
  renameSync(remote, odd);
  await storeOf(odd, '#büro:ö ä').publish([await archiveOf('ß')], silent);
  expect(filesOn(odd, 'büro')).toEqual(['.nojekyll', 'ö ä/index.yaml', 'ö ä/ß-1.0.0.tgz']);
  expect(git(odd, 'log', '--format=%s', 'büro')).toBe('Publish ß-1.0.0');
});

test('a server that cannot leave files out is no hindrance', async () => {
  const remote = bareRemote();
  git(remote, 'config', 'uploadpack.allowFilter', 'false');
  pushFiles(remote, { 'page.html': '<p>\n' });
  await storeOf(remote).publish([await archiveOf()], silent);
  expect(filesOn(remote)).toEqual(['demo-1.0.0.tgz', 'index.yaml', 'page.html']);
});
