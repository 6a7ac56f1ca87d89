import type { ArchiveInfo, ChartArchive } from '../../archive/archive.ts';
import { fileSystemError } from '../../errors.ts';
import { makeFolder } from '../../files/folder.ts';
import type { Progress } from '../../progress.ts';
import { createEntry, findEntries, timestamp } from '../index-file/entry.ts';
import type { CheckedIndex, IndexEdit, IndexEntry } from '../index-file/types.ts';
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
import { overwriteNotice, plannedOverwrites } from './overwrites.ts';

export interface DirectoryStoreOptions {
  /** Where clients will find the folder; without it the index names files relative to itself. */
  url?: string;
  /**
   * Replace versions that are there with other bytes: only in a copy that no client reads, for
   * archives and the index change one after the other.
   */
  allowOverwrite?: boolean;
}

const NOTHING: PublishPlan = {
  uploads: [],
  additions: [],
  overwrites: [],
  unchanged: [],
  provenance: [],
  sboms: [],
  warnings: [],
};

/** A folder that is served, or uploaded, as a chart repository. */
export class DirectoryStore implements Store {
  readonly #directory: string;
  readonly #url: URL | undefined;
  readonly #allowOverwrite: boolean;

  /** @throws UserError USAGE for a URL that is none. */
  constructor(directory: string, { url, allowOverwrite = false }: DirectoryStoreOptions = {}) {
    this.#directory = directory;
    this.#allowOverwrite = allowOverwrite;
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
      const edits = this.#edits(plan, archives, index);
      if (edits.length > 0) progress(`writing ${INDEX_FILE}`);
      const { uploads, provenance } = done;
      done = {
        ...plan,
        uploads: [...uploads, ...plan.uploads],
        provenance: [...provenance, ...plan.provenance],
      };
      return edits;
    });
    return done;
  }

  #edits(
    { additions, overwrites }: PublishPlan,
    archives: readonly ChartArchive[],
    { document }: CheckedIndex,
  ): IndexEdit[] {
    const overwritten = new Set(overwrites.map(({ fileName }) => fileName));
    const created = timestamp();
    return [
      ...additions.map((entry) => ({ kind: 'add', chart: entry.name, entry }) as const),
      ...archives
        .filter(({ fileName }) => overwritten.has(fileName))
        .flatMap((archive) => {
          const by = this.#entry(archive, created);
          const listed = findEntries(document, archive.name, archive.version);
          return listed.map((entry) => ({ kind: 'replace', entry, by }) as const);
        }),
    ];
  }

  #entry(archive: ArchiveInfo, created: string): IndexEntry {
    return createEntry(archive, chartUrl(archive.fileName, this.#url), created);
  }

  async #plan(
    archives: readonly ChartArchive[],
    { document, problems }: CheckedIndex,
  ): Promise<PublishPlan> {
    try {
      const retired = await readRetiredIndex(this.#directory);
      const indexes = namedIndexes(document, { retired });
      const { uploads, additions, overwrites, unchanged, warnings } = planVersions(archives, {
        find: (archive) => findListing(archive, indexes),
        digests: await digestsIn(this.#directory, archives),
        mayOverwrite: () => this.#allowOverwrite,
      });
      const created = timestamp();
      return {
        uploads: uploads.map(plannedArchive),
        additions: additions.map((archive) => this.#entry(archive, created)),
        overwrites: await plannedOverwrites(this.#directory, archives, overwrites),
        unchanged: unchanged.map(plannedArchive),
        provenance: await lackingProvenance(this.#directory, archives),
        sboms: [],
        warnings: [...problems, ...warnings, ...overwrites.map(overwriteNotice)],
      };
    } catch (error) {
      throw fileSystemError(error, `reading ${this.#directory}`);
    }
  }
}
