import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCacheFile, writeCacheFile } from './files/cache-file.ts';
import { cacheFolder } from './files/cache-folder.ts';
import { sha256 } from './files/digest.ts';
import { digestOfProgram } from './program-digest.ts';
import type { Progress } from './progress.ts';

const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));
const CODE = fileURLToPath(new URL('./', import.meta.url));

/** Reports of earlier runs, by all that they depend on besides this program itself. */
export interface ReportCache<T> {
  read(...parts: readonly unknown[]): Promise<T | undefined>;
  /** What cannot be kept is said, and is made again the next time. */
  write(report: T, ...parts: readonly unknown[]): Promise<void>;
}

/**
 * The cache of this user for reports of one kind, plain JSON.
 * @throws UserError `FILE_SYSTEM` when the program's own files cannot be read.
 */
export async function openReportCache<T>(
  kind: string,
  progress: Progress,
): Promise<ReportCache<T>> {
  const directory = cacheFolder('reports', process.env);
  const program = await digestOfProgram(PACKAGE, CODE);
  const fileOf = (parts: readonly unknown[]) =>
    join(directory, `${sha256(JSON.stringify([kind, program, parts]))}.json`);
  return {
    async read(...parts) {
      const content = await readCacheFile(fileOf(parts));
      return content && (JSON.parse(content.toString()) as T);
    },
    async write(report, ...parts) {
      try {
        await writeCacheFile(fileOf(parts), JSON.stringify(report));
      } catch (error) {
        progress(`the report could not be kept for the next run: ${String(error)}`);
      }
    },
  };
}
