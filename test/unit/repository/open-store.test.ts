import { describe, expect, test } from 'vitest';
import { DirectoryStore } from '../../../generator/src/repository/directory/directory-store.ts';
import { GitStore } from '../../../generator/src/repository/git/git-store.ts';
import { GitHubStore } from '../../../generator/src/repository/github/github-store.ts';
import { OciStore } from '../../../generator/src/repository/oci/oci-store.ts';
import { openStore } from '../../../generator/src/repository/open-store.ts';
import { failureOf } from '../network/server.ts';

test.each([
  ['dist/repository', DirectoryStore],
  ['/srv/charts', DirectoryStore],
  ['./oci:charts', DirectoryStore],
  [String.raw`C:\charts`, DirectoryStore],
  ['.', DirectoryStore],
  ['git+file:///srv/charts.git', GitStore],
  ['oci://localhost/charts', OciStore],
  ['github:example/charts#pages', GitHubStore],
  ['github:example/charts@index', GitHubStore],
])('%s', async (target, kind) => {
  expect(await openStore(target, {})).toBeInstanceOf(kind);
});

describe('a folder is not made of what was meant as something else', () => {
  test.each([
    '',
    'oci:ghcr.io/example',
    'oci:/ghcr.io/example',
    'git@github.com:example/charts.git',
    'git+git@github.com:example/charts.git',
    'git+/srv/charts.git',
    'https:example.com',
    'https://example.com',
    's3://bucket',
  ])('%j', async (target) => {
    expect(await failureOf(openStore(target, {}))).toMatchObject({
      code: 'USAGE',
      next: expect.stringContaining('oci://registry/path') as string,
    });
  });
});

describe('overwriting', () => {
  test.each([
    ['dist/repository', 'change one after the other'],
    ['github:example/charts', 'once it is immutable'],
    ['chartmuseum+https://me:secret@charts.example.com', 'stores archive, provenance and index'],
  ])('is refused for %s, with the reason', async (target, reason) => {
    const error = await failureOf(openStore(target, { allowOverwrite: true }));
    expect(error).toMatchObject({ code: 'USAGE' });
    expect(error.message).toContain('no version can be overwritten safely');
    expect(error.message).toContain(reason);
    expect(error.message).not.toContain('secret');
    expect(error.next).toContain('Nothing was written');
  });

  test.each(['oci://localhost/charts', 'git+file:///srv/charts.git'])('%s can', async (target) => {
    expect(await openStore(target, { allowOverwrite: true })).toBeDefined();
  });
});

test('pull requests are for branches on GitHub', async () => {
  const open = (target: string) => openStore(target, { pullRequest: true });
  expect(await open('git+https://github.com/example/charts.git')).toBeInstanceOf(GitStore);
  expect(await open('github:example/charts')).toBeInstanceOf(GitHubStore);
  for (const target of ['git+https://gitlab.com/example/charts.git', 'github:example/charts@index'])
    expect(await failureOf(open(target))).toMatchObject({ code: 'USAGE' });
});
