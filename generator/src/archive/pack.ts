import { gzipSync } from 'fflate';
import { packTar } from 'modern-tar';
import { UserError } from '../errors.ts';
import type { FileSet } from '../fileset/fileset.ts';
import { type ChartArchive, describeArchive } from './archive.ts';
import { readChartDirectory } from './chart-directory.ts';
import { hasDrive } from './drive.ts';
import { assertArchiveSize, assertSizes } from './limits.ts';
import { sourceDate } from './source-date.ts';
import { assertComplete, loadChart } from './load.ts';

/**
 * The time of every file in an archive unless SOURCE_DATE_EPOCH says otherwise. Not 1970: tar warns
 * of times that old when it unpacks, and zip files cannot hold them.
 */
const DEFAULT_FILE_TIME = new Date('1980-01-01T00:00:00Z');

/** Helm's order (pkg/chart/v2/util/save.go). */
const FIRST_FILES = ['Chart.yaml', 'Chart.lock', 'values.yaml', 'values.schema.json'];

function rank(path: string): number {
  const place = FIRST_FILES.indexOf(path);
  if (place >= 0) return place;
  if (path.startsWith('templates/')) return FIRST_FILES.length;
  return FIRST_FILES.length + (path.startsWith('charts/') ? 2 : 1);
}

function byRank(left: string, right: string): number {
  return rank(left) - rank(right) || (left < right ? -1 : 1);
}

/** Paths that Helm refuses or that another system would read as another place. */
function isPortable(path: string): boolean {
  if (path.includes('\\') || hasDrive(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

function assertPaths(files: FileSet, chart: string): void {
  const problems = [...files.keys()]
    .filter((path) => !isPortable(path))
    .map((file) => ({ message: 'Helm would not unpack a file of this name', file }));
  if (problems.length > 0)
    throw new UserError('CHART_INVALID', `${chart} cannot be packaged`, { problems });
}

/**
 * Packs the files of a chart. The bytes depend on names, contents and `time` only.
 * @param chart what to call the chart in messages.
 * @throws UserError CHART_INVALID, ARCHIVE_INVALID where Helm would not load the archive;
 *   DEPENDENCIES_INVALID where a declared dependency is not in charts/.
 */
export async function packFiles(
  files: FileSet,
  chart: string,
  time: Date = sourceDate() ?? DEFAULT_FILE_TIME,
): Promise<ChartArchive> {
  assertPaths(files, chart);
  assertSizes(
    chart,
    [...files].map(([path, content]) => ({ path, size: content.length })),
  );
  const loaded = loadChart(files, chart);
  assertComplete(loaded, chart);
  const { metadata } = loaded;
  const entries = [...files]
    .toSorted(([left], [right]) => byRank(left, right))
    .map(([path, content]) => {
      const name = `${metadata.name}/${path}`;
      // Tar names are ASCII; others go into a PAX record, as Go writes them.
      const pax = /^[ -~]*$/.test(name) ? {} : { pax: { path: name } };
      const header = {
        name,
        size: content.length,
        mtime: time,
        mode: 0o644,
        uid: 0,
        gid: 0,
        ...pax,
      };
      return { header, body: content };
    });
  const tar = await packTar(entries);
  assertArchiveSize(chart, tar.length);
  const bytes = gzipSync(tar, { mtime: 0 });
  assertArchiveSize(chart, bytes.length);
  return describeArchive(bytes, metadata);
}

/**
 * Packs the chart in a folder: .helmignore as Helm has it, Helm's limits, SOURCE_DATE_EPOCH.
 * @throws UserError see {@link packFiles}; FILE_SYSTEM
 */
export async function packChart(directory: string, time?: Date): Promise<ChartArchive> {
  return packFiles(await readChartDirectory(directory), directory, time);
}
