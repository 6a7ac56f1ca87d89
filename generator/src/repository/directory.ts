import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ChartArchive, sha256 } from '../archive/archive.ts';
import { isMapping } from '../archive/metadata-shape.ts';
import { replaceFile } from '../archive/write-file.ts';
import { fileSystemError, isSystemError, UserError } from '../errors.ts';
import type { Progress } from '../progress.ts';
import { addEntries, findEntries, timestamp } from './index-edit.ts';
import {
  emptyIndex,
  type IndexEntry,
  type ParsedIndex,
  parseIndex,
  type RepositoryIndex,
  serialiseIndex,
} from './index-file.ts';
import { withLock } from './lock.ts';
import { planPublish } from './plan.ts';
import type { PublishPlan, Store } from './store.ts';
import { chartUrl } from './url.ts';

export const INDEX_FILE = 'index.yaml';
/** One name for all that is on its way, used under the lock only: a killed run leaves one at most. */
const TEMPORARY_FILE = '.publish.tmp';

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * The index of a folder, an empty one where there is none.
 * @throws UserError INDEX_INVALID, FILE_SYSTEM
 */
export async function readDirectoryIndex(
  directory: string,
): Promise<ParsedIndex & { exists: boolean }> {
  const file = join(directory, INDEX_FILE);
  try {
    const content = await readIfThere(file);
    if (content) return { ...parseIndex(content.toString(), file), exists: true };
    return { index: emptyIndex(), problems: [], exists: false };
  } catch (error) {
    throw fileSystemError(error, `reading ${file}`);
  }
}

/** Replaces the index of a folder; to be called under its lock. */
export function writeDirectoryIndex(directory: string, index: RepositoryIndex): void {
  const text = serialiseIndex({ ...index, head: { ...index.head, generated: timestamp() } });
  replaceFile(join(directory, INDEX_FILE), text, join(directory, TEMPORARY_FILE));
}

async function writeArchive(
  directory: string,
  { fileName, bytes, digest }: ChartArchive,
): Promise<void> {
  const path = join(directory, fileName);
  replaceFile(path, bytes, join(directory, TEMPORARY_FILE));
  if (sha256(await readFile(path)) !== digest)
    throw new UserError('FILE_SYSTEM', `${path} does not hold what was written to it`);
}

/** Reads back what was published, as a client would. */
async function verify(directory: string, additions: readonly IndexEntry[]): Promise<void> {
  const { index } = await readDirectoryIndex(directory);
  for (const { name, version, digest } of additions) {
    const listed = findEntries(index, name, version);
    if (!listed.some((entry) => isMapping(entry) && entry.digest === digest))
      throw new UserError(
        'FILE_SYSTEM',
        `${join(directory, INDEX_FILE)} does not hold what was written to it`,
      );
  }
}

export interface DirectoryStoreOptions {
  /** Where clients will find the folder; without it the index names files relative to itself. */
  url?: string;
}

/** A folder that is served, or uploaded, as a chart repository. */
export class DirectoryStore implements Store {
  readonly #directory: string;
  readonly #url: string | undefined;

  constructor(directory: string, { url }: DirectoryStoreOptions = {}) {
    this.#directory = directory;
    this.#url = url;
  }

  async plan(archives: readonly ChartArchive[]): Promise<PublishPlan> {
    const { plan } = await this.#examine(archives);
    return plan;
  }

  async publish(archives: readonly ChartArchive[], progress: Progress): Promise<PublishPlan> {
    try {
      await mkdir(this.#directory, { recursive: true });
      return await withLock(this.#directory, { progress }, async () => {
        // Planned under the lock, so that what another writer has just published counts.
        const { plan, index } = await this.#examine(archives);
        await this.#upload(plan, archives, progress);
        if (plan.additions.length > 0) {
          progress(`writing ${INDEX_FILE}`);
          const additions = plan.additions.map((entry) => [entry.name, entry] as const);
          writeDirectoryIndex(this.#directory, addEntries(index, additions));
          await verify(this.#directory, plan.additions);
        }
        return plan;
      });
    } catch (error) {
      throw fileSystemError(error, `publishing to ${this.#directory}`);
    }
  }

  async #examine(
    archives: readonly ChartArchive[],
  ): Promise<{ plan: PublishPlan; index: RepositoryIndex }> {
    try {
      const { index, problems } = await readDirectoryIndex(this.#directory);
      const digests = new Map<string, string>();
      for (const { fileName } of archives) {
        const content = await readIfThere(join(this.#directory, fileName));
        if (content) digests.set(fileName, sha256(content));
      }
      const url = (fileName: string) => chartUrl(fileName, this.#url);
      const plan = planPublish(archives, { index, digests }, { url, created: timestamp() });
      return { plan: { ...plan, warnings: problems }, index };
    } catch (error) {
      throw fileSystemError(error, `reading ${this.#directory}`);
    }
  }

  async #upload(
    { uploads }: PublishPlan,
    archives: readonly ChartArchive[],
    progress: Progress,
  ): Promise<void> {
    // What a killed run left.
    await rm(join(this.#directory, TEMPORARY_FILE), { force: true });
    const wanted = new Set(uploads.map(({ fileName }) => fileName));
    for (const archive of archives.filter(({ fileName }) => wanted.delete(fileName))) {
      progress(`writing ${archive.fileName}`);
      await writeArchive(this.#directory, archive);
    }
  }
}
