import type { ChartArchive } from '../../archive/archive.ts';
import { fileSystemError } from '../../errors.ts';
import { makeFolder } from '../../files/folder.ts';
import type { Progress } from '../../progress.ts';
import { createEntry, timestamp } from '../index-file/entry.ts';
import type { CheckedIndex, IndexEdit } from '../index-file/types.ts';
import { findListing, namedIndexes } from '../listing.ts';
import { plannedArchive, planVersions } from '../plan.ts';
import { readRetiredIndex } from '../retired-index.ts';
import type { PublishPlan, Store } from '../store.ts';
import { chartUrl, parseBaseUrl } from '../url.ts';
import { digestsIn, lackingProvenance, writeArchives } from './archive-files.ts';
import {
  INDEX_FILE,
  readDirectoryIndex,
  updateDirectoryIndex,
  withDirectoryLock,
} from './directory-index.ts';

export interface DirectoryStoreOptions {
  /** Where clients will find the folder; without it the index names files relative to itself. */
  url?: string;
}

const NOTHING: PublishPlan = {
  uploads: [],
  additions: [],
  unchanged: [],
  provenance: [],
  warnings: [],
};

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
    return this.#plan(archives, await readDirectoryIndex(this.#directory));
  }

  async publish(archives: readonly ChartArchive[], progress: Progress): Promise<PublishPlan> {
    try {
      makeFolder(this.#directory);
      return await withDirectoryLock(this.#directory, progress, () =>
        this.#publish(archives, progress),
      );
    } catch (error) {
      throw fileSystemError(error, `publishing to ${this.#directory}`);
    }
  }

  async #publish(archives: readonly ChartArchive[], progress: Progress): Promise<PublishPlan> {
    let done = NOTHING;
    await updateDirectoryIndex(this.#directory, INDEX_FILE, async (index) => {
      // Planned with each index that is found, so that what another writer has just published counts.
      const plan = await this.#plan(archives, index);
      writeArchives(this.#directory, plan, archives, progress);
      if (plan.additions.length > 0) progress(`writing ${INDEX_FILE}`);
      const { uploads, provenance } = done;
      done = {
        ...plan,
        uploads: [...uploads, ...plan.uploads],
        provenance: [...provenance, ...plan.provenance],
      };
      return plan.additions.map((entry): IndexEdit => ({ kind: 'add', chart: entry.name, entry }));
    });
    return done;
  }

  async #plan(
    archives: readonly ChartArchive[],
    { document, problems }: CheckedIndex,
  ): Promise<PublishPlan> {
    try {
      const retired = await readRetiredIndex(this.#directory);
      const indexes = namedIndexes(document, { retired });
      const { uploads, additions, unchanged, warnings } = planVersions(archives, {
        find: (archive) => findListing(archive, indexes),
        digests: await digestsIn(this.#directory, archives),
      });
      const created = timestamp();
      return {
        uploads: uploads.map(plannedArchive),
        additions: additions.map((archive) =>
          createEntry(archive, chartUrl(archive.fileName, this.#url), created),
        ),
        unchanged: unchanged.map(plannedArchive),
        provenance: await lackingProvenance(this.#directory, archives),
        warnings: [...problems, ...warnings],
      };
    } catch (error) {
      throw fileSystemError(error, `reading ${this.#directory}`);
    }
  }
}
