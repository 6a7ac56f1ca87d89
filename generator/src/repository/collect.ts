import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import type { ChartArchive } from '../archive/archive.ts';
import { findCharts } from '../archive/find-charts.ts';
import { packChart } from '../archive/pack.ts';
import { readArchiveFile } from '../archive/read.ts';
import { fileSystemError, UserError } from '../errors.ts';
import { isMissing } from '../files/read.ts';
import type { Progress } from '../progress.ts';
import { provenanceName, readProvenance } from '../provenance/provenance-file.ts';

/** The archive, with the provenance file beside it where there is one. */
async function withProvenance(archive: ChartArchive, file: string): Promise<ChartArchive> {
  const provenance = await readProvenance(file).catch((error: unknown) => {
    throw fileSystemError(error, `reading ${provenanceName(file)}`);
  });
  if (!provenance) return archive;
  const { checkStatement } = await import('../provenance/verify.ts');
  checkStatement(provenance, archive);
  return { ...archive, provenance };
}

async function readExistingArchive(file: string): Promise<ChartArchive> {
  const status = await stat(file).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw fileSystemError(error, `reading ${file}`);
  });
  if (status?.isFile() === true) return withProvenance(await readArchiveFile(file), file);
  throw new UserError('USAGE', `${file} is no file`, {
    next: 'Run `spark-charts package` first, or name a chart archive that is there.',
  });
}

/**
 * The archives that the arguments of `publish` mean: archive files are read, with the `.prov` files
 * beside them, charts packed.
 * @param args archives, charts, folders of charts; none for all generated charts.
 * @param choose which of the chart folders to take.
 * @throws UserError ARCHIVE_INVALID, CHART_INVALID, USAGE; PROVENANCE_INVALID where a `.prov` file is
 * about another archive.
 */
export async function collectArchives(
  args: readonly string[],
  progress: Progress,
  choose: (charts: readonly string[]) => Promise<readonly string[]> = (charts) =>
    Promise.resolve(charts),
): Promise<ChartArchive[]> {
  const files = args.filter((argument) => extname(argument) === '.tgz');
  const folders = args.filter((argument) => extname(argument) !== '.tgz');
  const archives: ChartArchive[] = [];
  for (const file of files) archives.push(await readExistingArchive(file));
  const charts = folders.length > 0 || files.length === 0 ? await findCharts(folders) : [];
  for (const chart of await choose(charts)) {
    progress(`packing ${chart}`);
    archives.push(await packChart(chart));
  }
  return archives;
}
