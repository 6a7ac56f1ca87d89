import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './files/cache-folder.ts';
import { sha256 } from './files/digest.ts';
import { makeFolder } from './files/folder.ts';
import { isMissing } from './files/read.ts';
import { digestOfProgram } from './program-digest.ts';
import type { Progress } from './progress.ts';

const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));
const CODE = fileURLToPath(new URL('./', import.meta.url));
const DAYS_KEPT = 30;

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
    read: (...parts) => readReport<T>(fileOf(parts)),
    async write(report, ...parts) {
      try {
        makeFolder(directory);
        await writeReport(report, fileOf(parts));
        await removeUnused(directory);
      } catch (error) {
        progress(`the report could not be kept for the next run: ${String(error)}`);
      }
    },
  };
}

/** A report as it is kept. */
interface Entry<T> {
  /** SHA-256 in hex of the report's JSON. */
  digest: string;
  report: T;
}

async function writeReport(report: unknown, file: string): Promise<void> {
  const temporary = join(dirname(file), `${randomUUID()}.tmp`);
  const entry: Entry<unknown> = { digest: sha256(JSON.stringify(report)), report };
  try {
    await writeFile(temporary, JSON.stringify(entry));
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** A report that cannot be read, or is not as it was written, is made anew. */
async function readReport<T>(file: string): Promise<T | undefined> {
  try {
    const { digest, report } = JSON.parse(await readFile(file, 'utf8')) as Entry<T>;
    if (sha256(JSON.stringify(report)) !== digest) return undefined;
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
