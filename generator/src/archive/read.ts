import { readFile, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { fileSystemError, UserError } from '../errors.ts';
import { type ChartArchive, describeArchive } from './archive.ts';
import { ArchiveError } from './inflate.ts';
import { MAX_CHART_SIZE } from './limits.ts';
import { parseMetadata } from './metadata.ts';
import { readTar, type TarEntry } from './tar.ts';

/**
 * The path below the chart's folder, with Helm's checks (pkg/chart/loader/archive); undefined for
 * what Helm passes over.
 */
function pathInChart({ name, isFolder }: TarEntry): string | undefined {
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

/** Stops at `<chart>/Chart.yaml`, the first file of archives that Helm or this program made. */
function findChartYaml(bytes: Uint8Array): Uint8Array {
  for (const entry of readTar(bytes)) {
    if (pathInChart(entry) !== 'Chart.yaml') continue;
    if (!entry.isFile) throw new ArchiveError('its Chart.yaml is no file');
    return entry.content();
  }
  throw new ArchiveError('it holds no Chart.yaml');
}

/**
 * Digest and metadata of a chart archive from anywhere. What comes after Chart.yaml is hashed but
 * not unpacked.
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
      problems: [{ message, file }],
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
      throw new UserError('ARCHIVE_INVALID', `${file} is larger than ${MAX_CHART_SIZE} bytes`, {
        problems: [{ message: `larger than ${MAX_CHART_SIZE} bytes`, file }],
      });
    bytes = await readFile(file);
  } catch (error) {
    throw fileSystemError(error, `reading ${file}`);
  }
  return readArchive(bytes, file);
}
