import { chmodSync, readFileSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { chartIn, NOTHING, Repository, TWO, twoCharts } from './fixture.ts';

beforeEach(() => {
  vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
});

afterEach(() => {
  vi.unstubAllEnvs();
});

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
