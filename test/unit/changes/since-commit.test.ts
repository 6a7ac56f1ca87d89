import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { changedSinceCommit } from '../../../generator/src/changes/since-commit.ts';
import { silent } from '../../../generator/src/progress.ts';
import { temporaryFolder } from '../fileset/fixture.ts';
import { chartIn, Repository, TWO, twoCharts } from './fixture.ts';

beforeEach(() => {
  vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const NOTHING = { changed: {}, unchanged: TWO, removed: [], warnings: [] };

describe('what counts as a change', () => {
  test('nothing changed', async () => {
    expect(await twoCharts().changes(TWO)).toEqual(NOTHING);
  });

  test('a file that was committed since, with a version that was raised', async () => {
    const repository = twoCharts();
    const before = repository.git('rev-parse', 'HEAD');
    repository.commit({
      ...chartIn('charts/one', 'one', '1.1.0'),
      'charts/one/values.yaml': 'b: 2',
    });
    expect(await repository.changes(TWO, before)).toEqual({
      changed: { 'charts/one': 'its files differ' },
      unchanged: ['charts/two'],
      removed: [],
      warnings: [],
    });
    expect(await repository.changes(TWO, 'HEAD')).toEqual(NOTHING);
  });

  test.each([
    [
      'edited',
      (repository: Repository) => {
        repository.write({ 'charts/one/values.yaml': 'b: 2' });
      },
    ],
    [
      'staged',
      (repository: Repository) => {
        repository.write({ 'charts/one/values.yaml': 'b: 2' });
        repository.git('add', '--all');
      },
    ],
    [
      'untracked',
      (repository: Repository) => {
        repository.write({ 'charts/one/files/naïve ☃.txt': 'x' });
      },
    ],
    [
      'deleted',
      (repository: Repository) => {
        rmSync(repository.path('charts/one/values.yaml'));
      },
    ],
    [
      'renamed',
      (repository: Repository) => {
        repository.git('mv', 'charts/one/values.yaml', 'charts/one/values.yml');
      },
    ],
    [
      'no longer left out by .helmignore',
      (repository: Repository) => {
        repository.commit({ 'charts/one/docs/x.md': 'x' });
        repository.write({ 'charts/one/.helmignore': '' });
      },
    ],
  ])('a file that is %s, and the version is the same', async (_, change) => {
    const repository = twoCharts();
    change(repository);
    expect(await repository.changes(TWO)).toEqual({
      changed: { 'charts/one': 'its files differ' },
      unchanged: ['charts/two'],
      removed: [],
      warnings: ['charts/one/Chart.yaml'],
    });
  });

  test.each([
    [
      'documents that .helmignore leaves out',
      (repository: Repository) => {
        repository.commit({ 'charts/one/docs/a.md': 'x' });
        repository.write({ 'charts/one/docs/b.md': 'y' });
      },
    ],
    [
      'files beside the charts',
      (repository: Repository) => {
        repository.write({ 'readme.md': 'y', 'charts/onerous.md': 'z' });
      },
    ],
    [
      'times',
      (repository: Repository) => {
        utimesSync(repository.path('charts/one/values.yaml'), 1, 1);
      },
    ],
    [
      'modes',
      (repository: Repository) => {
        chmodSync(repository.path('charts/one/values.yaml'), 0o755);
      },
    ],
    [
      'a file that a link to the same took the place of',
      (repository: Repository) => {
        repository.write({ 'charts/one/b.yaml': 'a: 1\n' });
        repository.commit();
        rmSync(repository.path('charts/one/b.yaml'));
        symlinkSync('values.yaml', repository.path('charts/one/b.yaml'));
      },
    ],
    [
      'files that git ignores',
      (repository: Repository) => {
        repository.commit({ '.gitignore': '*.tgz\nbuild/\n' });
        repository.write({
          'charts/one/charts/lib-1.0.0.tgz': 'x',
          'charts/one/build/x': 'x',
          'charts/one/docs/b.md': 'y',
        });
      },
    ],
    [
      'files that git archive would leave out',
      (repository: Repository) => {
        repository.commit({ '.gitattributes': 'values.yaml export-ignore\n' });
        repository.write({ 'charts/one/docs/b.md': 'y' });
      },
    ],
  ])('not %s', async (_, change) => {
    const repository = twoCharts();
    change(repository);
    const ref = repository.git('rev-parse', 'HEAD');
    expect(await repository.changes(TWO, ref)).toEqual(NOTHING);
    expect(
      await repository.changes(TWO, repository.git('rev-list', '--max-parents=0', 'HEAD')),
    ).toMatchObject({ removed: [] });
  });

  test('an ignored file that the commit has counts as it is', async () => {
    const repository = twoCharts();
    repository.commit({ 'charts/one/lib.tgz': 'x' });
    repository.git('rm', '--quiet', '--cached', 'charts/one/lib.tgz');
    repository.write({ '.gitignore': '*.tgz\n' });
    expect(await repository.changes(TWO)).toEqual(NOTHING);
    repository.write({ 'charts/one/lib.tgz': 'y' });
    expect((await repository.changes(TWO)).changed).toEqual({ 'charts/one': 'its files differ' });
  });

  test('line ends that git writes are no change', async () => {
    const repository = twoCharts();
    repository.git('config', 'core.autocrlf', 'true');
    rmSync(repository.path('charts'), { recursive: true });
    repository.git('checkout', '--', '.');
    expect(readFileSync(repository.path('charts/one/values.yaml'), 'utf8')).toBe('a: 1\r\n');
    repository.write({ 'charts/one/docs/b.md': 'y' });
    expect(await repository.changes(TWO)).toEqual(NOTHING);
  });

  test('line ends by an attribute of a folder above are no change', async () => {
    const repository = twoCharts();
    repository.commit({ '.gitattributes': '*.yaml text eol=crlf\n' });
    rmSync(repository.path('charts'), { recursive: true });
    repository.git('checkout', '--', '.');
    repository.write({ 'charts/one/docs/b.md': 'y' });
    expect(await repository.changes(TWO)).toEqual(NOTHING);
  });

  test('a chart that Helm could not load then', async () => {
    const repository = twoCharts();
    repository.commit({ 'charts/one/Chart.yaml': 'name: [' });
    repository.write(chartIn('charts/one', 'one'));
    expect(await repository.changes(TWO)).toMatchObject({
      changed: { 'charts/one': 'Helm could not have loaded it then' },
      warnings: [],
    });
  });

  test('a chart that Helm cannot load now is for the next step to tell of', async () => {
    const repository = twoCharts();
    repository.write({ 'charts/one/Chart.yaml': 'name: [' });
    expect((await repository.changes(TWO)).changed).toEqual({ 'charts/one': 'its files differ' });
  });

  test('a link that led out of the chart reads nothing', async () => {
    const repository = twoCharts();
    symlinkSync('/etc/hostname', repository.path('charts/one/values2.yaml'));
    repository.commit();
    rmSync(repository.path('charts/one/values2.yaml'));
    expect((await repository.changes(TWO)).changed).toEqual({
      'charts/one': 'Helm could not have loaded it then',
    });
  });
});

describe('where charts are', () => {
  test('at the top of the repository', async () => {
    const repository = new Repository();
    repository.git('init', '--quiet');
    repository.commit({ ...chartIn(''), 'docs/a.md': 'x' });
    repository.write({ 'docs/a.md': 'y' });
    expect(await repository.changes([''])).toMatchObject({ changed: {}, unchanged: [''] });
    repository.write({ 'templates/a.yaml': 'a: 1' });
    expect(await repository.changes([''])).toMatchObject({ changed: { '': 'its files differ' } });
  });

  test('a name that git would take for a pattern', async () => {
    const repository = twoCharts();
    const odd = ':*[o]ñe ☃ ';
    repository.commit(chartIn(odd, 'odd'));
    repository.write({ [`${odd}/values.yaml`]: 'b: 2' });
    const { changed, unchanged } = await repository.changes([odd, ...TWO]);
    expect({ changed, unchanged }).toEqual({
      changed: { [odd]: 'its files differ' },
      unchanged: TWO,
    });
  });

  test('new charts, and those that are gone', async () => {
    const repository = twoCharts();
    repository.commit(chartIn('charts/two/charts/sub', 'sub'));
    rmSync(repository.path('charts/two'), { recursive: true });
    repository.write(chartIn('stable/three', 'three'));
    expect(await repository.changes(['charts/one', 'stable/three'])).toEqual({
      changed: { 'stable/three': 'it is new' },
      unchanged: ['charts/one'],
      removed: ['charts/two'],
      warnings: [],
    });
  });

  test('a chart in another folder is the same chart', async () => {
    const repository = twoCharts();
    mkdirSync(repository.path('stable'));
    renameSync(repository.path('charts/two'), repository.path('stable/second'));
    expect(await repository.changes(['charts/one', 'stable/second'])).toEqual({
      ...NOTHING,
      unchanged: ['charts/one', 'stable/second'],
    });
    repository.write({ 'stable/second/values.yaml': 'b: 2' });
    expect(await repository.changes(['stable/second'])).toMatchObject({
      changed: { 'stable/second': 'it is new' },
      removed: ['charts/two'],
    });
  });

  test('a folder that was a link then', async () => {
    const repository = twoCharts();
    symlinkSync('/etc', repository.path('charts/three'));
    repository.commit();
    rmSync(repository.path('charts/three'));
    repository.write(chartIn('charts/three', 'three'));
    expect((await repository.changes(['charts/three'])).changed).toEqual({
      'charts/three': 'it is new',
    });
  });

  test('a chart that is reached by a link', async () => {
    const repository = twoCharts();
    const link = `${temporaryFolder()}/link`;
    symlinkSync(repository.path('charts/one'), link);
    repository.write({ 'charts/one/values.yaml': 'b: 2' });
    const { changed } = await changedSinceCommit([link], 'HEAD', silent);
    expect(changed).toEqual([{ chart: link, reason: 'its files differ' }]);
  });

  test('in a submodule: beside the commit that the repository then had of it', async () => {
    const library = twoCharts();
    const repository = twoCharts();
    repository.git('tag', 'before');
    repository.git('-c', 'protocol.file.allow=always', 'submodule', 'add', library.folder, 'sub');
    repository.commit();
    const charts = ['sub/charts/one', 'sub/charts/two', ...TWO];
    expect((await repository.changes(charts)).changed).toEqual({});
    const submodule = new Repository(repository.path('sub'));
    submodule.commit({ 'charts/one/values.yaml': 'b: 2' });
    expect((await repository.changes(charts)).changed).toEqual({
      'sub/charts/one': 'its files differ',
    });
    repository.commit();
    expect((await repository.changes(charts)).changed).toEqual({});
    expect((await repository.changes(charts, 'HEAD~1')).changed).toEqual({
      'sub/charts/one': 'its files differ',
    });
    expect((await repository.changes(charts, 'before')).changed).toEqual({
      'sub/charts/one': 'it is new',
      'sub/charts/two': 'it is new',
    });
  });

  test('in a linked work tree, with a sparse checkout', async () => {
    const repository = twoCharts();
    const other = new Repository(`${temporaryFolder()}/tree`);
    repository.git('worktree', 'add', '--quiet', '--detach', other.folder);
    other.git('sparse-checkout', 'set', 'charts/one');
    other.write({ 'charts/one/docs/x': 'x' });
    expect(await other.changes(['charts/one'])).toEqual({
      changed: {},
      unchanged: ['charts/one'],
      removed: [],
      warnings: [],
    });
    other.write({ 'charts/one/values.yaml': 'b: 2' });
    expect(await other.changes(['charts/one'])).toMatchObject({
      changed: { 'charts/one': 'its files differ' },
      removed: [],
    });
  });
});

describe('dependencies by file://', () => {
  const needing = (path: string) =>
    `dependencies: [{ name: x, version: 1.x, repository: ${path} }]`;

  test('what needs a changed chart has changed, however far, and in a circle', async () => {
    const repository = twoCharts();
    repository.commit({
      ...chartIn('charts/one', 'one', '1.0.0', needing('file://../two')),
      ...chartIn('charts/two', 'two', '1.0.0', needing('file://../../library/three')),
      ...chartIn('library/three', 'three', '1.0.0', needing('file://../../charts/one')),
      ...chartIn('charts/four', 'four', '1.0.0', needing('https://example.com/charts')),
    });
    const charts = [...TWO, 'charts/four'];
    expect((await repository.changes(charts)).changed).toEqual({});
    repository.write({ 'library/three/values.yaml': 'b: 2' });
    expect(await repository.changes(charts)).toEqual({
      changed: {
        'charts/one': 'it needs charts/two, which changed',
        'charts/two': 'it needs library/three, which changed',
      },
      unchanged: ['charts/four'],
      removed: [],
      warnings: ['charts/one/Chart.yaml', 'charts/two/Chart.yaml'],
    });
  });

  test('one that is not there, or in no repository, is passed over', async () => {
    const outside = new Repository();
    outside.write(chartIn('lib', 'lib'));
    const repository = twoCharts();
    repository.commit({
      ...chartIn('charts/one', 'one', '1.0.0', needing('file://../nowhere')),
      ...chartIn('charts/two', 'two', '1.0.0', needing(`file://${outside.path('lib')}`)),
    });
    expect(await repository.changes(TWO)).toEqual(NOTHING);
  });
});

describe('commits', () => {
  test('a tag, a detached HEAD, an older commit', async () => {
    const repository = twoCharts();
    repository.git('tag', 'one-1.0.0');
    repository.commit({ 'charts/two/values.yaml': 'b: 2' });
    repository.git('checkout', '--quiet', '--detach');
    for (const ref of ['one-1.0.0', 'main~1', 'HEAD^'])
      expect(Object.keys((await repository.changes(TWO, ref)).changed)).toEqual(['charts/two']);
    repository.git('tag', 'two-1.0.1');
    expect(await repository.changes(TWO, 'two-1.0.1')).toEqual(NOTHING);
  });

  test.each(['nowhere', '--all', '-', '', 'HEAD:charts', 'a b', '$(id)'])(
    '%j is no commit',
    async (ref) => {
      await expect(twoCharts().changes(TWO, ref)).rejects.toMatchObject({
        code: 'USAGE',
        message: expect.stringContaining(`has no commit ${JSON.stringify(ref)}`) as unknown,
        next: expect.stringContaining('git fetch') as unknown,
      });
    },
  );

  test('a shallow clone is told how to get the rest', async () => {
    const origin = twoCharts();
    const before = origin.git('rev-parse', 'HEAD');
    origin.commit({ 'charts/one/values.yaml': 'b: 2' });
    const clone = new Repository(`${temporaryFolder()}/clone`);
    origin.git('clone', '--quiet', '--depth', '1', `file://${origin.folder}`, clone.folder);
    await expect(clone.changes(TWO, before)).rejects.toMatchObject({
      code: 'USAGE',
      next: expect.stringMatching(/git fetch --unshallow.*fetch-depth: 0/) as unknown,
    });
    clone.git('fetch', '--quiet', '--unshallow');
    expect(Object.keys((await clone.changes(TWO, before)).changed)).toEqual(['charts/one']);
  });

  test('a repository without a commit', async () => {
    const repository = new Repository();
    repository.git('init', '--quiet');
    repository.write(chartIn('one', 'one'));
    await expect(repository.changes(['one'])).rejects.toMatchObject({ code: 'USAGE' });
  });

  test('no repository', async () => {
    const repository = new Repository();
    repository.write(chartIn('one', 'one'));
    await expect(repository.changes(['one'])).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('is in no git repository') as unknown,
    });
  });

  test('no git', async () => {
    const repository = twoCharts();
    vi.stubEnv('PATH', temporaryFolder());
    await expect(
      changedSinceCommit([repository.path('charts/one')], 'HEAD', silent),
    ).rejects.toMatchObject({
      code: 'TOOL_MISSING',
    });
  });
});

test('the checkout stays as it is: its index, its files, no hook is run', async () => {
  const repository = twoCharts();
  const hook = repository.path('.git/hooks/post-checkout');
  const ran = join(temporaryFolder(), 'ran');
  writeFileSync(hook, `#!/bin/sh\ntouch ${ran}\n`, { mode: 0o755 });
  repository.git('config', 'core.fsmonitor', hook);
  repository.write({ 'charts/one/values.yaml': 'b: 2' });
  utimesSync(repository.path('charts/two/values.yaml'), 1, 1);
  const index = readFileSync(repository.path('.git/index'));
  await repository.changes(TWO);
  expect(existsSync(ran)).toBe(false);
  repository.git('config', '--unset', 'core.fsmonitor');
  expect(readFileSync(repository.path('.git/index')).equals(index)).toBe(true);
  expect(repository.git('status', '--porcelain')).toBe('M charts/one/values.yaml');
});

test('run by a hook of git it looks at the checkout of the chart', async () => {
  const repository = twoCharts();
  const other = new Repository();
  other.git('init', '--quiet');
  vi.stubEnv('GIT_DIR', other.path('.git'));
  vi.stubEnv('GIT_INDEX_FILE', other.path('.git/index'));
  vi.stubEnv('GIT_WORK_TREE', other.folder);
  const { unchanged } = await changedSinceCommit([repository.path('charts/one')], 'HEAD', silent);
  expect(unchanged).toHaveLength(1);
});

test('a submodule in a chart, and the index, stay as they are whatever the settings say', async () => {
  const library = twoCharts();
  const repository = new Repository();
  repository.git('init', '--quiet');
  repository.write(chartIn(''));
  repository.git('-c', 'protocol.file.allow=always', 'submodule', 'add', library.folder, 'files');
  repository.commit();
  repository.git('config', 'submodule.recurse', 'true');
  repository.git('config', 'core.splitIndex', 'true');
  repository.write({ 'values.yaml': 'b: 2' });
  await repository.changes(['']);
  expect(repository.git('-C', 'files', 'status', '--porcelain')).toBe('');
  expect(readdirSync(repository.path('.git')).filter((name) => name.startsWith('shared'))).toEqual(
    [],
  );
});
