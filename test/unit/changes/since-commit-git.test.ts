import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
