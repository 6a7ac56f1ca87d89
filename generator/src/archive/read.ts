import { readFile, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { fileSystemError, UserError } from '../errors.ts';
import { type ChartArchive, describeArchive } from './archive.ts';
import { ArchiveError } from './inflate.ts';
import { MAX_CHART_SIZE, MAX_FILE_SIZE } from './limits.ts';
import { parseMetadata } from './metadata.ts';
import { readTar, type TarEntry } from './tar.ts';

/**
 * The path below the chart's folder, with Helm's checks (pkg/chart/loader/archive); undefined for
 * what Helm passes over.
 */
export function pathInChart({
  name,
  isFolder,
}: Pick<TarEntry, 'name' | 'isFolder'>): string | undefined {
  if (isFolder) return undefined;
  // Archives made on Windows may hold backslashes.
  const [base, ...rest] = name.split(name.includes('\\') ? '\\' : '/');
  const path = rest.join('/');
  if (base === 'Chart.yaml') throw new ArchiveError('Chart.yaml is not in a folder');
  if (path.startsWith('/')) throw new ArchiveError(`it holds an absolute path: ${name}`);
  if (path.split('/').includes('..') || base === '..')
    throw new ArchiveError(`it holds a path out of the chart: ${name}`);
  if (/^[a-z]:\//i.test(path)) throw new ArchiveError(`it holds a path with a drive: ${name}`);
  if (path === '') throw new ArchiveError(`it holds a file beside the chart's folder: ${name}`);
  return posix.normalize(path);
}

/** The content of `<chart>/Chart.yaml`; all other entries are checked, none is kept. */
function findChartYaml(bytes: Uint8Array): Uint8Array {
  let chartYaml: Uint8Array | undefined;
  for (const entry of readTar(bytes)) {
    const path = pathInChart(entry);
    if (path === undefined) continue;
    if (path === 'Chart.yaml') {
      // Helm would merge them; an index could then promise another chart than Helm loads.
      if (chartYaml) throw new ArchiveError('it holds more than one Chart.yaml');
      if (!entry.isFile) throw new ArchiveError('its Chart.yaml is no file');
      chartYaml = entry.content();
    }
    if (entry.size > MAX_FILE_SIZE)
      throw new ArchiveError(`its ${entry.name} is larger than ${MAX_FILE_SIZE} bytes`);
  }
  if (!chartYaml) throw new ArchiveError('it holds no Chart.yaml');
  return chartYaml;
}

/**
 * Digest and metadata of a chart archive from anywhere. All of it is unpacked,
 * and within Helm's limits, so that what is read here can be loaded by Helm.
 * @param file what to call the archive in messages.
 * @throws UserError ARCHIVE_INVALID for anything that is not a chart archive.
 */
export function readArchive(bytes: Uint8Array, file: string): ChartArchive {
  let chartYaml: Uint8Array;
  try {
    chartYaml = findChartYaml(bytes);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UserError('ARCHIVE_INVALID', `${file} cannot be read: ${message}`, {
      cause: error,
    });
  }
  const metadata = parseMetadata(chartYaml, {
    file: `${file}: Chart.yaml`,
    code: 'ARCHIVE_INVALID',
  });
  return describeArchive(bytes, metadata);
}

/**
 * {@link readArchive} of a file.
 * @throws UserError ARCHIVE_INVALID, FILE_SYSTEM
 */
export async function readArchiveFile(file: string): Promise<ChartArchive> {
  let bytes: Uint8Array;
  try {
    const { size } = await stat(file);
    if (size > MAX_CHART_SIZE)
      throw new UserError('ARCHIVE_INVALID', `${file} is larger than ${MAX_CHART_SIZE} bytes`);
    bytes = await readFile(file);
  } catch (error) {
    throw fileSystemError(error, `reading ${file}`);
  }
  return readArchive(bytes, file);
}
