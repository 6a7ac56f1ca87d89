import { existsSync } from 'node:fs';
import * as Flags from '@oclif/core/flags';
import type { ChangeReport } from '../changes/types.ts';
import { UserError } from '../errors.ts';
import type { Progress } from '../progress.ts';
import { count, printable, problemLine } from '../text.ts';

const LAST_RELEASE = 'last-release';
const SOURCES = 'charts-src';

/** Flags to work on changed charts only. */
export const changedSinceFlags = {
  'changed-since': Flags.string({
    description:
      'Only charts whose archives differ from those of a commit of git (branch, tag, HEAD~1), or from those that a repository has (last-release).',
    helpValue: `REF|${LAST_RELEASE}`,
  }),
  repository: Flags.string({
    description: `Repository for ${LAST_RELEASE}: folder or URL. [default: the one of charts-src/catalog.yaml]`,
    helpValue: 'DIR|URL',
    dependsOn: ['changed-since'],
  }),
};

interface ChangedSinceValues {
  'changed-since'?: string | undefined;
  repository?: string | undefined;
}

async function releasedRepository(): Promise<string> {
  if (!existsSync(`${SOURCES}/catalog.yaml`))
    throw new UserError('USAGE', `there is no ${SOURCES}/catalog.yaml to name a repository`, {
      next: 'Name it: --repository DIR or --repository URL.',
    });
  const { loadCatalog } = await import('../model/index.ts');
  return (await loadCatalog(SOURCES)).repository.url;
}

async function readChanges(
  charts: readonly string[],
  since: string,
  repository: string | undefined,
  progress: Progress,
): Promise<ChangeReport> {
  if (since === LAST_RELEASE) {
    const { changedSinceRelease } = await import('../changes/since-release.ts');
    return changedSinceRelease(charts, repository ?? (await releasedRepository()), progress);
  }
  if (repository !== undefined)
    throw new UserError('USAGE', `--repository goes with --changed-since ${LAST_RELEASE} only`);
  const { changedSinceCommit } = await import('../changes/since-commit.ts');
  return changedSinceCommit(charts, since, progress);
}

/** The report in lines for people. */
function changeLines({ since, changed, unchanged, removed, warnings }: ChangeReport): string[] {
  const total = count(changed.length + unchanged.length, 'chart');
  return [
    `${changed.length === 0 ? 'nothing' : changed.length} of ${total} changed since ${since}`,
    ...changed.map(({ chart, reason }) => `${chart}  ${reason}`),
    ...removed.map((path) => `${path === '' ? 'the chart at the top' : path}  is gone`),
    ...warnings.map((warning) => `Warning: ${problemLine(warning)}`),
  ].map(printable);
}

/**
 * Which of some charts to work on; undefined where the flags ask for all of them.
 * @param charts folders.
 * @param tell is given each line of what there is to say.
 * @throws UserError as changedSinceCommit and changedSinceRelease; USAGE, SOURCE_INVALID
 */
export async function changesOf(
  charts: readonly string[],
  flags: ChangedSinceValues,
  { progress, tell }: { progress: Progress; tell: (line: string) => void },
): Promise<ChangeReport | undefined> {
  const { 'changed-since': since, repository } = flags;
  if (since === undefined) return undefined;
  const report = await readChanges(charts, since, repository, progress);
  for (const line of changeLines(report)) tell(line);
  return report;
}
