import { readFileSync, statSync } from 'node:fs';
import { fileSystemError, UserError } from '../errors.ts';
import { type ChartArchive, describeArchive } from './archive.ts';
import { chartEntries } from './chart-entries.ts';
import { ArchiveError } from './inflate.ts';
import { MAX_CHART_SIZE, MAX_CHART_YAML_SIZE } from './limits.ts';
import { parseMetadata } from './metadata.ts';

/** Of what Helm makes a chart's metadata. */
interface MetadataFiles {
  chartYaml: Uint8Array;
  /** Of an older chart: its dependencies. */
  requirements: Uint8Array | undefined;
}

/** Every entry is checked, and all but these are passed over. */
function findMetadata(bytes: Uint8Array): MetadataFiles {
  const found = new Map<string, Uint8Array>();
  for (const { path, isLink, content } of chartEntries(bytes)) {
    if (path !== 'Chart.yaml' && path !== 'requirements.yaml') continue;
    // Helm would merge them; an index could then promise another chart than Helm loads.
    if (found.has(path)) throw new ArchiveError(`it holds more than one ${path}`);
    if (isLink) throw new ArchiveError(`its ${path} is no file`);
    if (content.length > MAX_CHART_YAML_SIZE)
      throw new ArchiveError(`its ${path} is larger than ${MAX_CHART_YAML_SIZE} bytes`);
    found.set(path, Buffer.from(content));
  }
  const chartYaml = found.get('Chart.yaml');
  if (!chartYaml) throw new ArchiveError('it holds no Chart.yaml');
  return { chartYaml, requirements: found.get('requirements.yaml') };
}

/**
 * What is wrong with an archive as an error for the user; any other value is returned as it is.
 * @param file what to call the archive.
 */
export function archiveInvalid(error: unknown, file: string): unknown {
  if (!(error instanceof ArchiveError)) return error;
  const message = `${file} cannot be read: ${error.message}`;
  return new UserError('ARCHIVE_INVALID', message, { cause: error });
}

/**
 * Digest and metadata of a chart archive from anywhere. All of it is unpacked, and within Helm's
 * limits, so that what is read here can be loaded by Helm; subcharts are not looked into.
 * @param file what to call the archive in messages.
 * @throws UserError ARCHIVE_INVALID for anything that is not a chart archive.
 */
export function readArchive(bytes: Uint8Array, file: string): ChartArchive {
  try {
    const { chartYaml, requirements } = findMetadata(bytes);
    const source = { file: `${file}: Chart.yaml`, code: 'ARCHIVE_INVALID' } as const;
    const older = requirements && { content: requirements, file: `${file}: requirements.yaml` };
    return describeArchive(bytes, parseMetadata(chartYaml, source, older));
  } catch (error) {
    throw archiveInvalid(error, file);
  }
}

/**
 * The bytes of an archive file, at once: waiting for the disk file by file costs more than reading.
 * @param name what to call it in messages.
 * @throws UserError ARCHIVE_INVALID for what cannot be an archive, FILE_SYSTEM
 */
export function readArchiveBytes(file: string, name: string): Buffer {
  try {
    const status = statSync(file);
    // A pipe would never end.
    if (!status.isFile()) throw new ArchiveError('it is no file');
    if (status.size > MAX_CHART_SIZE)
      throw new ArchiveError(`it is larger than ${MAX_CHART_SIZE} bytes`);
    return readFileSync(file);
  } catch (error) {
    throw archiveInvalid(fileSystemError(error, `reading ${name}`), name);
  }
}

/**
 * {@link readArchive} of a file.
 * @throws UserError ARCHIVE_INVALID, FILE_SYSTEM
 */
export function readArchiveFile(file: string): Promise<ChartArchive> {
  return Promise.resolve().then(() => readArchive(readArchiveBytes(file, file), file));
}
