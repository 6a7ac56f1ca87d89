import type { ChartArchive } from '../archive/archive.ts';
import { readArchiveFile } from '../archive/read.ts';
import { withTemporaryDirectory } from '../files/temporary.ts';
import { type ChartReference, pullCharts } from '../helm/pull-charts.ts';
import type { FetchOptions, Wanted } from './source.ts';

/**
 * Pulls a chart from an OCI registry; with a range of versions Helm looks through the tags.
 * @throws UserError see {@link pullCharts}; ARCHIVE_INVALID
 */
export function pullRegistryChart(
  { name, repository, version }: Wanted,
  options: FetchOptions,
): Promise<ChartArchive> {
  return pullChart({ chart: `${repository.replace(/\/+$/, '')}/${name}`, version }, options);
}

/**
 * The archive behind a reference.
 * @throws UserError as {@link pullRegistryChart}.
 */
export function pullChart(reference: ChartReference, options: FetchOptions): Promise<ChartArchive> {
  return withTemporaryDirectory(async (directory) => {
    const [file = ''] = await pullCharts([reference], directory, options);
    return readArchiveFile(file);
  });
}
