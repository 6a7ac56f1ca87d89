import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChartArchive } from '../../archive/archive.ts';
import { isMapping } from '../../archive/metadata-shape.ts';
import { fileSystemError, UserError } from '../../errors.ts';
import { sha256 } from '../../files/digest.ts';
import { makeFolder } from '../../files/folder.ts';
import { readIfPresent } from '../../files/read.ts';
import { replaceFile } from '../../files/replace-file.ts';
import type { Progress } from '../../progress.ts';
import {
  INDEX_FILE,
  readDirectoryIndex,
  withDirectoryLock,
  writeDirectoryIndex,
} from './directory-index.ts';
import { addEntries, findEntries, timestamp } from '../index-file/edit.ts';
import type { RepositoryIndex } from '../index-file/index-file.ts';
import { planPublish } from '../plan.ts';
import type { PublishPlan, Store } from '../store.ts';
import type { IndexEntry } from '../index-file/types.ts';
import { chartUrl, parseBaseUrl } from '../url.ts';

async function writeArchive(
  directory: string,
  { fileName, bytes, digest }: ChartArchive,
): Promise<void> {
  const path = join(directory, fileName);
  replaceFile(path, bytes);
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
  readonly #url: URL | undefined;

  /** @throws UserError USAGE for a URL that is none. */
  constructor(directory: string, { url }: DirectoryStoreOptions = {}) {
    this.#directory = directory;
    this.#url = url === undefined ? undefined : parseBaseUrl(url);
  }

  async plan(archives: readonly ChartArchive[]): Promise<PublishPlan> {
    const { plan } = await this.#examine(archives);
    return plan;
  }

  async publish(archives: readonly ChartArchive[], progress: Progress): Promise<PublishPlan> {
    try {
      makeFolder(this.#directory);
      return await withDirectoryLock(this.#directory, progress, async () => {
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
        const content = await readIfPresent(join(this.#directory, fileName));
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
    const wanted = new Set(uploads.map(({ fileName }) => fileName));
    for (const archive of archives.filter(({ fileName }) => wanted.delete(fileName))) {
      progress(`writing ${archive.fileName}`);
      await writeArchive(this.#directory, archive);
    }
  }
}
