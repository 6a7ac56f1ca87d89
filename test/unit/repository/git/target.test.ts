import { expect, test } from 'vitest';
import { nameOfTarget, parseGitTarget } from '../../../../generator/src/repository/git/target.ts';

test.each([
  ['git+file:///srv/charts.git', 'file:///srv/charts.git', 'gh-pages', ''],
  ['git+file:///srv/charts.git#', 'file:///srv/charts.git', 'gh-pages', ''],
  ['git+https://github.com/a/b.git#pages', 'https://github.com/a/b.git', 'pages', ''],
  ['git+https://github.com/a/b#a/b:c/d', 'https://github.com/a/b', 'a/b', 'c/d'],
  [
    'git+ssh://git@github.com/a/b.git#:charts',
    'ssh://git@github.com/a/b.git',
    'gh-pages',
    'charts',
  ],
  ['git+ssh://git@host:2222/~/b.git#x#y', 'ssh://git@host:2222/~/b.git', 'x#y', ''],
])('%s', (text, url, branch, folder) => {
  const target = parseGitTarget(text);
  expect(target).toEqual({ url: new URL(url), branch, folder });
  expect(nameOfTarget(target)).toBe(`${url}#${branch}`);
});

test.each([
  '',
  'git+',
  'git+/srv/charts.git',
  'git+git@github.com:a/b.git',
  'git+ext::sh -c id',
  'git+git://example.com/a.git',
  'git+http://example.com/a.git',
  'git+https://example.com/a.git#b:../c',
  'git+https://example.com/a.git#b:/c',
  'git+https://example.com/a.git#b:c/',
  'git+https://example.com/a.git#b:.git',
  'git+https://example.com/a.git#b:c/.GIT/d',
  'git+https://example.com/a.git#b:c\\d',
  'git+https://example.com/a.git#b:c:d',
  'git+https://example.com/a.git#b:c\nd',
])('"%s" is no target', (text) => {
  expect(() => parseGitTarget(text)).toThrow(expect.objectContaining({ code: 'USAGE' }) as Error);
});

test.each([
  'git+https://ada:s3cret@example.com/a.git',
  'git+https://s3cret@example.com/a.git',
  'git+https://example.com/a.git?token=s3cret#b',
  'git+ssh://git:s3cret@example.com/a.git',
  'git+file:///a.git?s3cret',
  'git+ftp://ada:s3cret@example.com/a.git',
  'git+https://ada:s3cret@exam ple.com/a.git',
])('the secret of %s is in no message', (text) => {
  const refusal = expect.not.stringContaining('s3cret') as string;
  expect(() => parseGitTarget(text)).toThrow(
    expect.objectContaining({ code: 'USAGE', message: refusal }) as Error,
  );
});
