import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { changedSinceCommit } from '../../../generator/src/changes/since-commit.ts';
import { silent } from '../../../generator/src/progress.ts';
import { temporaryFolder } from '../fileset/fixture.ts';
import { chartIn, NOTHING, Repository, TWO, twoCharts } from './fixture.ts';

beforeEach(() => {
  vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
});

afterEach(() => {
  vi.unstubAllEnvs();
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
