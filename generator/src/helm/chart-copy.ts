import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseDocument } from 'yaml';
import { readChartDirectory } from '../archive/chart-directory.ts';
import { unpackArchive } from '../archive/unpack.ts';
import { fileSystemError } from '../errors.ts';
import { withTemporaryDirectory } from '../files/temporary.ts';
import type { FileSet } from '../fileset/fileset.ts';

/** A subchart in an archive; Helm passes over names that begin with `_` or `.`. */
const SUBCHART_ARCHIVE = /^((?:charts\/[^/]+\/)*charts\/[^/_.][^/]*)\.tgz$/;

/**
 * The files of a chart that Helm loads, by their path in it; subcharts in archives are unpacked.
 * @param path a folder or an archive.
 * @throws UserError `ARCHIVE_INVALID`, `CHART_INVALID`, `FILE_SYSTEM`
 */
export async function readChartFiles(path: string): Promise<FileSet> {
  if (!path.endsWith('.tgz')) return withSubcharts(await readChartDirectory(path));
  const bytes = await readFile(path).catch((error: unknown) => {
    throw fileSystemError(error, `reading ${path}`);
  });
  return withSubcharts(unpackArchive(bytes, path));
}

function withSubcharts(files: FileSet): FileSet {
  const all = new Map<string, Uint8Array>();
  for (const [path, bytes] of files) {
    const folder = SUBCHART_ARCHIVE.exec(path)?.[1];
    if (folder === undefined) all.set(path, bytes);
    else
      for (const [below, content] of withSubcharts(unpackArchive(bytes, path)))
        all.set(`${folder}/${below}`, content);
  }
  return all;
}

/** The same files, with other words in Chart.yaml; undefined removes one. */
export function changeChartYaml(
  files: FileSet,
  changes: Readonly<Record<string, string | undefined>>,
): FileSet {
  const document = parseDocument(Buffer.from(files.get('Chart.yaml') ?? '').toString());
  for (const [key, value] of Object.entries(changes))
    if (value === undefined) document.delete(key);
    else document.set(key, value);
  return new Map([...files, ['Chart.yaml', Buffer.from(document.toString())]]);
}

/**
 * Runs `use` with a folder that has the files of a chart, which is removed afterwards.
 * @throws UserError `FILE_SYSTEM`
 */
export function withChartCopy<T>(
  files: FileSet,
  use: (directory: string) => Promise<T>,
): Promise<T> {
  return withTemporaryDirectory(async (directory) => {
    try {
      for (const [path, bytes] of files) {
        await mkdir(dirname(join(directory, path)), { recursive: true });
        await writeFile(join(directory, path), bytes);
      }
    } catch (error) {
      throw fileSystemError(error, 'copying a chart');
    }
    return use(directory);
  });
}
