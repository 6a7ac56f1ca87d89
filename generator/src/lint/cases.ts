import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileSystemError } from '../errors.ts';
import type { FileSet } from '../fileset/fileset.ts';

/** A set of values that a chart is to work with. */
export interface ValuesCase {
  name: string;
  valuesFiles: string[];
}

/** The convention of chart-testing: https://github.com/helm/chart-testing. */
const CASE = /^ci\/([^/\\]+)-values\.yaml$/;

/** The values files of a chart's cases by path in the chart, in the order of their names. */
export function caseFiles(files: Iterable<string>): string[] {
  return [...files].filter((path) => CASE.test(path)).toSorted();
}

/** The cases of a chart's folder, the chart's defaults where it has none. */
export function directoryCases(chart: string, files: Iterable<string>): ValuesCase[] {
  return casesOf(caseFiles(files).map((path) => join(chart, path)));
}

/**
 * The cases in an archive; their values files are written into a folder.
 * @throws UserError `FILE_SYSTEM`
 */
export async function archiveCases(files: FileSet, directory: string): Promise<ValuesCase[]> {
  const written: string[] = [];
  try {
    await mkdir(directory, { recursive: true });
    for (const path of caseFiles(files.keys())) {
      const file = join(directory, basename(path));
      await writeFile(file, files.get(path) ?? '');
      written.push(file);
    }
  } catch (error) {
    throw fileSystemError(error, `writing ${directory}`);
  }
  return casesOf(written);
}

function casesOf(files: string[]): ValuesCase[] {
  if (files.length === 0) return [{ name: 'default', valuesFiles: [] }];
  return files.map((file) => ({ name: basename(file, '-values.yaml'), valuesFiles: [file] }));
}
