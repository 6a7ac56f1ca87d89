import type { ChartArchive } from '../../archive/archive.ts';
import { makeFolder } from '../../files/folder.ts';
import { silent, type Progress } from '../../progress.ts';
import { provenanceName } from '../../provenance/provenance-file.ts';
import {
  type DirectoryIndex,
  INDEX_FILE,
  readDirectoryIndex,
  updateDirectoryIndex,
  withDirectoryLock,
} from '../directory/directory-index.ts';
import { createEntry, timestamp } from '../index-file/entry.ts';
import type { IndexEdit } from '../index-file/types.ts';
import { findListing, namedIndexes } from '../listing.ts';
import { plannedArchive, planVersions } from '../plan.ts';
import { readRetiredIndex } from '../retired-index.ts';
import type { PublishPlan, Store } from '../store.ts';
import { chartUrl } from '../url.ts';
import { tagOf } from './notes.ts';
import type { Presence } from './presence.ts';

/** A folder with the index of archives that releases hold; of the archives it has none. */
export class ReleaseIndex implements Store {
  readonly #directory: string;
  readonly #downloads: URL;
  readonly #presences: ReadonlyMap<string, Presence>;

  /**
   * @param downloads the address that those of all releases begin with.
   * @param presences what releases have, by name of the archive.
   */
  constructor(directory: string, downloads: URL, presences: ReadonlyMap<string, Presence>) {
    this.#directory = directory;
    this.#downloads = downloads;
    this.#presences = presences;
  }

  async plan(archives: readonly ChartArchive[]): Promise<PublishPlan> {
    return this.#plan(archives, await readDirectoryIndex(this.#directory));
  }

  /** Lists the archives, which are in their releases by now. */
  async publish(archives: readonly ChartArchive[], progress: Progress): Promise<PublishPlan> {
    makeFolder(this.#directory);
    return withDirectoryLock(this.#directory, silent, async () => {
      let plan = await this.plan(archives);
      await updateDirectoryIndex(this.#directory, INDEX_FILE, async (index) => {
        plan = await this.#plan(archives, index);
        if (plan.additions.length > 0) progress(`writing ${INDEX_FILE}`);
        return plan.additions.map((entry): IndexEdit => {
          return { kind: 'add', chart: entry.name, entry };
        });
      });
      return plan;
    });
  }

  async #plan(
    archives: readonly ChartArchive[],
    { document, problems }: DirectoryIndex,
  ): Promise<PublishPlan> {
    const retired = await readRetiredIndex(this.#directory);
    const indexes = namedIndexes(document, { retired });
    const digests = new Map<string, string>();
    for (const [file, { digest }] of this.#presences)
      if (digest !== undefined) digests.set(file, digest);
    const { uploads, additions, unchanged, warnings } = planVersions(archives, {
      find: (archive) => findListing(archive, indexes),
      digests,
    });
    const created = timestamp();
    const unsigned = archives.filter(
      ({ provenance, fileName }) => provenance && !this.#presences.get(fileName)?.hasProvenance,
    );
    return {
      uploads: uploads.map(plannedArchive),
      additions: additions.map((archive) => {
        const path = `${tagOf(archive)}/${archive.fileName}`;
        return createEntry(archive, chartUrl(path, this.#downloads), created);
      }),
      overwrites: [],
      unchanged: unchanged.map(plannedArchive),
      provenance: [...new Set(unsigned.map(({ fileName }) => provenanceName(fileName)))],
      sboms: [],
      warnings: [...problems, ...warnings],
    };
  }
}
