import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { releaseNotes } from '../../../generator/src/changes/notes/notes.ts';
import { changedSinceCommit } from '../../../generator/src/changes/since-commit.ts';
import { silent } from '../../../generator/src/progress.ts';
import { chartYaml, fileSet } from '../archive/fixture.ts';
import { temporaryFolder, type Texts, write } from '../fileset/fixture.ts';

/** A person's repository of git, with nothing of the configuration of this machine. */
export class Repository {
  readonly folder: string;

  constructor(folder = realpathSync(temporaryFolder())) {
    this.folder = folder;
  }

  git(...args: string[]): string {
    const environment = {
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'A',
      GIT_AUTHOR_EMAIL: 'a@example.com',
      GIT_COMMITTER_NAME: 'A',
      GIT_COMMITTER_EMAIL: 'a@example.com',
    };
    const options = { cwd: this.folder, env: environment, encoding: 'utf8' } as const;
    return execFileSync('git', args, { ...options, stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  }

  path(path: string): string {
    return join(this.folder, path);
  }

  write(files: Texts): void {
    for (const [path, text] of Object.entries(files)) write(this.path(path), text);
  }

  commit(files: Texts = {}): string {
    this.write(files);
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', 'x');
    return this.git('rev-parse', 'HEAD');
  }

  /** What {@link changedSinceCommit} says of charts by their paths here. */
  async changes(charts: readonly string[], ref = 'HEAD') {
    const folders = charts.map((chart) => this.path(chart));
    const { changed, unchanged, removed, warnings } = await changedSinceCommit(
      folders,
      ref,
      silent,
    );
    const short = (path: string) => path.replaceAll(this.folder, '').slice(1);
    return {
      changed: Object.fromEntries(
        changed.map(({ chart, reason }) => [
          short(chart),
          reason.replaceAll(`${this.folder}/`, ''),
        ]),
      ),
      unchanged: unchanged.map(short),
      removed,
      warnings: warnings.map(({ file = '' }) => short(file)),
    };
  }
}

/** The files of a small chart in a folder. */
export function chartIn(folder: string, name = 'demo', version = '1.0.0', more = ''): Texts {
  return {
    [join(folder, 'Chart.yaml')]: chartYaml(name, version, more),
    [join(folder, 'values.yaml')]: 'a: 1\n',
    [join(folder, '.helmignore')]: 'docs/\n.git/\n',
  };
}

/** A repository with charts `charts/one` and `charts/two` in its only commit. */
export function twoCharts(): Repository {
  const repository = new Repository();
  repository.git('init', '--quiet', '--initial-branch', 'main');
  repository.commit({
    ...chartIn('charts/one', 'one'),
    ...chartIn('charts/two', 'two'),
    'readme.md': 'x\n',
  });
  return repository;
}

export const TWO = ['charts/one', 'charts/two'];

/** What is told of {@link twoCharts} when neither changed. */
export const NOTHING = { changed: {}, unchanged: TWO, removed: [], warnings: [] };

/** The release notes of a chart of these files. */
export function notes(files: Texts, from?: string, version = '1.1.0') {
  return releaseNotes(
    fileSet({ 'Chart.yaml': chartYaml('demo', version), ...files }),
    'demo',
    from,
  );
}
