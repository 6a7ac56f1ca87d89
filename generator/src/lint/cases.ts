import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { unpackTar } from 'modern-tar';
import { MAX_CHART_SIZE } from '../archive/limits.ts';
import { fileSystemError, UserError } from '../errors.ts';
import { namesIfPresent } from '../files/read.ts';

/** A set of values that a chart is to work with. */
export interface ValuesCase {
  name: string;
  valuesFiles: string[];
}

/** The convention of chart-testing: https://github.com/helm/chart-testing. */
const SUFFIX = '-values.yaml';
const IN_ARCHIVE = /^[^/]+\/ci\/([^/\\]+-values\.yaml)$/;

/**
 * The `ci/*-values.yaml` of a chart's folder by name, the chart's defaults where there are none.
 * @throws UserError `FILE_SYSTEM`
 */
export async function directoryCases(chart: string): Promise<ValuesCase[]> {
  const directory = join(chart, 'ci');
  const names = await namesIfPresent(directory).catch((error: unknown) => {
    throw fileSystemError(error, `reading ${directory}`);
  });
  return casesOf(
    names.filter((name) => name.endsWith(SUFFIX)).map((name) => join(directory, name)),
  );
}

/**
 * As {@link directoryCases}, from an archive; the values files are written into a folder.
 * @throws UserError `ARCHIVE_INVALID`, `FILE_SYSTEM`
 */
export async function archiveCases(archive: string, directory: string): Promise<ValuesCase[]> {
  const files = new Set<string>();
  try {
    for (const { header, data } of await readValues(archive)) {
      const file = join(directory, IN_ARCHIVE.exec(header.name)?.[1] ?? '');
      await writeFile(file, data ?? '');
      files.add(file);
    }
  } catch (error) {
    const known = fileSystemError(error, `reading ${archive}`);
    if (known instanceof UserError) throw known;
    const reason = isTooLarge(error)
      ? `it unpacks to more than ${MAX_CHART_SIZE} bytes`
      : error instanceof Error
        ? error.message
        : String(error);
    throw new UserError('ARCHIVE_INVALID', `${archive} is no chart archive: ${reason}`, {
      cause: error,
    });
  }
  return casesOf([...files]);
}

function isTooLarge(error: unknown): boolean {
  return error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

/** Unpacks no more than Helm would take. */
async function readValues(archive: string) {
  const tar = await promisify(gunzip)(await readFile(archive), { maxOutputLength: MAX_CHART_SIZE });
  return unpackTar(tar, {
    strict: true,
    filter: ({ name, type }) => type === 'file' && IN_ARCHIVE.test(name),
  });
}

function casesOf(files: string[]): ValuesCase[] {
  if (files.length === 0) return [{ name: 'default', valuesFiles: [] }];
  return files.toSorted().map((file) => ({ name: basename(file, SUFFIX), valuesFiles: [file] }));
}
