import { join } from 'node:path';
import { packChart } from '../archive/pack.ts';
import type { Progress } from '../progress.ts';
import { readState } from '../repository/care/diff/read-state.ts';
import { findEntries } from '../repository/index-file/entry.ts';
import { unlessInvalid } from './chart-state.ts';
import type { ChangeReport } from './types.ts';

/**
 * Which charts a repository does not have as they are now: those whose archive, packed now, has
 * another digest than the entries of its version in the index, or whose version is not there. A chart
 * that cannot be packed counts as changed; who packs it will say why.
 * @param repository an index file, the folder of a repository, or the URL of one.
 * @throws UserError USAGE, INDEX_INVALID, FILE_SYSTEM, NETWORK where the index cannot be read
 */
export async function changedSinceRelease(
  charts: readonly string[],
  repository: string,
  progress: Progress,
): Promise<ChangeReport> {
  const { document, retired } = await readState(repository, progress);
  const indexes = retired ? [document, retired] : [document];
  const report: ChangeReport = {
    since: repository,
    changed: [],
    unchanged: [],
    removed: [],
    warnings: [],
  };
  for (const chart of charts) {
    progress(`packing ${chart}`);
    const archive = await unlessInvalid(packChart(chart));
    const entries = archive
      ? indexes.flatMap((index) => findEntries(index, archive.name, archive.version))
      : [];
    if (!archive) report.changed.push({ chart, reason: 'it cannot be packed as it is' });
    else if (entries.length === 0)
      report.changed.push({ chart, reason: `version ${archive.version} is not released` });
    else if (entries.some(({ digest }) => digest === archive.digest)) report.unchanged.push(chart);
    else {
      report.changed.push({ chart, reason: 'its archive differs from the released one' });
      report.warnings.push({
        message: `the chart changed since its version ${archive.version} was released`,
        file: join(chart, 'Chart.yaml'),
        hint: 'raise its version',
      });
    }
  }
  return report;
}
