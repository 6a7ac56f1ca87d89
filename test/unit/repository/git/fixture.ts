import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ChartArchive } from '../../../../generator/src/archive/archive.ts';
import { temporaryFolder, write, type Texts } from '../../fileset/fixture.ts';
import { publishedIn } from '../directory/fixture.ts';

/** As `GIT_AUTHOR_NAME` and the like have it. */
export const AUTHOR = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
};

/** An environment whose git knows nothing of the user who runs the tests, but the author. */
export function environmentOf(settings = ''): Record<string, string> {
  const home = temporaryFolder();
  writeFileSync(join(home, '.gitconfig'), settings);
  const environment = { ...AUTHOR, HOME: home, GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' };
  return { PATH: process.env.PATH ?? '', TMPDIR: temporaryFolder(), ...environment };
}

/** Runs git as a user would; what it prints, without the last line end. */
export function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, {
    cwd,
    encoding: 'utf8',
    env: { ...environmentOf(), GIT_CONFIG_COUNT: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trimEnd();
}

/** A repository that people push to. @param options of `git init`. */
export function bareRemote(...options: string[]): string {
  const remote = join(temporaryFolder(), 'remote.git');
  git('/', 'init', '--quiet', '--bare', '--initial-branch=main', ...options, remote);
  // Else files that are not asked for are sent as well.
  git(remote, 'config', 'uploadpack.allowFilter', 'true');
  return remote;
}

export function targetOf(remote: string, fragment = ''): string {
  return `git+${pathToFileURL(remote).href}${fragment}`;
}

/** Pushes files to a branch as a person does, after what is there. */
export function pushFiles(remote: string, files: Texts, branch = 'gh-pages'): void {
  const clone = temporaryFolder();
  git(clone, 'init', '--quiet', `--initial-branch=${branch}`, ...objectFormat(remote));
  git(clone, 'config', 'core.autocrlf', 'false');
  git(clone, 'remote', 'add', 'origin', remote);
  if (tipOf(remote, branch) !== '') git(clone, 'pull', '--quiet', 'origin', branch);
  for (const [path, text] of Object.entries(files)) write(join(clone, path), text);
  git(clone, 'add', '--all');
  git(clone, 'commit', '--quiet', '--message=By hand');
  git(clone, 'push', '--quiet', 'origin', branch);
}

function objectFormat(remote: string): string[] {
  return [`--object-format=${git(remote, 'rev-parse', '--show-object-format')}`];
}

/** The commit of a branch, empty for none. */
export function tipOf(remote: string, branch = 'gh-pages'): string {
  return git(remote, 'for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`);
}

/** The names of all files on a branch. */
export function filesOn(remote: string, branch = 'gh-pages'): string[] {
  return git(remote, 'ls-tree', '-r', '--name-only', '-z', branch).split('\0').filter(Boolean);
}

/** The bytes of a file on a branch. */
export function bytesOn(remote: string, path: string, branch = 'gh-pages'): Buffer {
  return execFileSync('git', ['cat-file', 'blob', `${branch}:${path}`], { cwd: remote });
}

/** What a branch lists, `<chart> <version>`; each is there with the bytes that its index says. */
export function publishedOn(remote: string, branch = 'gh-pages', folder = ''): string[] {
  const clone = temporaryFolder();
  git(clone, 'clone', '--quiet', '--config=core.autocrlf=false', `--branch=${branch}`, remote, '.');
  return publishedIn(join(clone, folder));
}

/** Writes archives into a folder of their own; the paths. */
export function writeFiles(archives: readonly ChartArchive[]): string[] {
  const folder = temporaryFolder();
  return archives.map(({ fileName, bytes }) => {
    const file = join(folder, fileName);
    writeFileSync(file, bytes);
    return file;
  });
}

/** A hook of a repository, a shell script. */
export function writeHook(repository: string, name: string, script: string): void {
  writeProgram(join(repository, 'hooks', name), script);
}

/** A program in front of all others of the environment. */
export function withProgram(
  environment: Record<string, string>,
  name: string,
  script: string,
): Record<string, string> {
  const folder = temporaryFolder();
  writeProgram(join(folder, name), script);
  return { ...environment, PATH: [folder, environment.PATH].join(delimiter) };
}

function writeProgram(file: string, script: string): void {
  write(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}
