import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './files/cache-folder.ts';
import { sha256 } from './files/digest.ts';
import { makeFolder } from './files/folder.ts';
import { isMissing } from './files/read.ts';
import { digestOfFolder } from './files/folder-digest.ts';
import type { Progress } from './progress.ts';

const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));
/** All that decides what is found in a chart: this program, its schemas, and the Helm it is built with. */
const PROGRAM = [
  fileURLToPath(new URL('./', import.meta.url)),
  ...['generator/helm-engine', 'schemas', 'tools'].map((folder) => join(PACKAGE, folder)),
];
const DAYS_KEPT = 30;

/** Reports of earlier runs, by all that they depend on besides this program itself. */
export interface ReportCache<T> {
  read(...parts: readonly unknown[]): Promise<T | undefined>;
  /** What cannot be kept is said, and is made again the next time. */
  write(report: T, ...parts: readonly unknown[]): Promise<void>;
}

/**
 * The cache of this user for reports of one kind, plain JSON.
 * @throws a system error when the program's own files cannot be read.
 */
export async function openReportCache<T>(
  kind: string,
  progress: Progress,
): Promise<ReportCache<T>> {
  const directory = cacheFolder('reports', process.env);
  const program = await Promise.all(PROGRAM.map(digestOfFolder));
  const fileOf = (parts: readonly unknown[]) =>
    join(directory, `${sha256(JSON.stringify([kind, program, parts]))}.json`);
  return {
    read: (...parts) => readReport<T>(fileOf(parts)),
    async write(report, ...parts) {
      try {
        makeFolder(directory);
        const temporary = join(directory, `${randomUUID()}.tmp`);
        await writeFile(temporary, JSON.stringify(report));
        await rename(temporary, fileOf(parts));
        await removeUnused(directory);
      } catch (error) {
        progress(`the report could not be kept for the next run: ${String(error)}`);
      }
    },
  };
}

/** A report that cannot be read is made anew. */
async function readReport<T>(file: string): Promise<T | undefined> {
  try {
    const report = JSON.parse(await readFile(file, 'utf8')) as T;
    const now = new Date();
    await utimes(file, now, now);
    return report;
  } catch {
    return undefined;
  }
}

async function removeUnused(directory: string): Promise<void> {
  const oldest = Date.now() - DAYS_KEPT * 86_400_000;
  for (const name of await readdir(directory)) {
    const file = join(directory, name);
    try {
      if ((await stat(file)).mtimeMs < oldest) await unlink(file);
    } catch (error) {
      // Another run may have removed it.
      if (!isMissing(error)) throw error;
    }
  }
}
