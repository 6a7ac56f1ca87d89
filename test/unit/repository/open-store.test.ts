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
