import { expect, test } from 'vitest';
import { parseGitHubTarget } from '../../../../generator/src/repository/github/target.ts';

test.each([
  ['github:ada/charts', { owner: 'ada', repo: 'charts', branch: '', tag: undefined }],
  ['GitHub:Ada-1/.github', { owner: 'Ada-1', repo: '.github', branch: '', tag: undefined }],
  [
    'github:ada_corp/a.b-c#pages:x',
    { owner: 'ada_corp', repo: 'a.b-c', branch: 'pages:x', tag: undefined },
  ],
  ['github:ada/charts@index', { owner: 'ada', repo: 'charts', branch: '', tag: 'index' }],
  ['github:ada/charts#a@b', { owner: 'ada', repo: 'charts', branch: 'a@b', tag: undefined }],
])('%s is a repository', (text, target) => {
  expect(parseGitHubTarget(text)).toEqual(target);
});

test.each([
  'github:',
  'github:ada',
  'github:ada/',
  'github:ada/..',
  'github:ada/.#x',
  'github:ada/charts/x',
  'github:../charts',
  'github:ada@x/charts',
  'github:ada/charts?x',
  'github:ada/charts@',
  'github:ada/charts@a/b',
  'github:ada/..@index',
  'github://ada/charts',
])('%s is none', (text) => {
  expect(() => parseGitHubTarget(text)).toThrow(
    expect.objectContaining({ code: 'USAGE' }) as Error,
  );
});
