import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readChartDirectory } from '../archive/chart-directory.ts';
import { unpackArchive } from '../archive/unpack.ts';
import { fileSystemError } from '../errors.ts';
import { digestOfFiles, sha256 } from '../files/digest.ts';
import { isMissing, namesIfPresent, readFilesIfPresent } from '../files/read.ts';
import type { FileSet } from '../fileset/fileset.ts';
import type { ChartReference } from '../helm/engine.ts';
import { archiveCases, caseFiles, directoryCases, type ValuesCase } from './cases.ts';

/** What a chart's folder says to its lint. */
export const CONFIGURATION = '.spark-charts-lint.yaml';

/** A chart in a folder or an archive, as the rules see it. */
export interface LintedChart extends ChartReference {
  /** True for an archive, which nobody edits. */
  isArchive: boolean;
  /**
   * Its files as text by path in the chart: what Helm loads, the cases in `ci/`, and
   * {@link CONFIGURATION}. Subcharts stand below `charts/`, unpacked.
   */
  files: ReadonlyMap<string, string>;
  cases: readonly ValuesCase[];
}

/**
 * Reads a chart.
 * @param path a folder with a Chart.yaml, or an archive.
 * @param directory for the values files of an archive's cases; made when it is needed.
 * @throws UserError `ARCHIVE_INVALID`, `CHART_INVALID`, `FILE_SYSTEM`
 */
export function readLintedChart(path: string, directory: string): Promise<LintedChart> {
  return path.endsWith('.tgz') ? readArchive(path, directory) : readFolder(path);
}

async function readArchive(path: string, directory: string): Promise<LintedChart> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw fileSystemError(error, `reading ${path}`);
  });
  const files = unpackArchive(bytes, path);
  return {
    path,
    digest: sha256(bytes),
    isArchive: true,
    files: await textOf(files),
    cases: await archiveCases(files, directory),
  };
}

async function readFolder(path: string): Promise<LintedChart> {
  const files = new Map([...(await readChartDirectory(path)), ...(await readLintFiles(path))]);
  return {
    path,
    digest: digestOfFiles(new Map([...files, ...(await readHelmLintFiles(path))])),
    isArchive: false,
    files: await textOf(files),
    cases: directoryCases(path, files.keys()),
  };
}

/** What is for the lint only, which .helmignore may well name. */
async function readLintFiles(chart: string): Promise<FileSet> {
  try {
    const names = await namesIfPresent(join(chart, 'ci'));
    const cases = caseFiles(names.map((name) => `ci/${name}`));
    return await readFilesIfPresent(chart, [CONFIGURATION, ...cases]);
  } catch (error) {
    throw fileSystemError(error, `reading ${chart}`);
  }
}

/** What `helm lint` looks at itself, whatever .helmignore names; folders are there or not. */
async function readHelmLintFiles(chart: string): Promise<FileSet> {
  const files = new Map<string, Uint8Array>();
  try {
    for (const path of ['Chart.yaml', 'values.yaml', 'values.schema.json', 'templates', 'crds']) {
      const status = await stat(join(chart, path)).catch(undefinedIfMissing);
      if (status?.isDirectory()) files.set(`${path}/`, new Uint8Array());
      else if (status) files.set(path, await readFile(join(chart, path)));
    }
  } catch (error) {
    throw fileSystemError(error, `reading ${chart}`);
  }
  return files;
}

function undefinedIfMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}

/** Helm drops a byte order mark too. */
async function textOf(files: FileSet): Promise<Map<string, string>> {
  const decoder = new TextDecoder();
  const isPacked = [...files.keys()].some((path) => path.endsWith('.tgz'));
  // Not loaded where nothing is packed.
  const all = isPacked ? (await import('./packed-subcharts.ts')).unpackSubcharts(files) : files;
  return new Map([...all].map(([path, bytes]) => [path, decoder.decode(bytes)]));
}
