import type { ArchiveInfo, ChartArchive } from '../../archive/archive.ts';
import { mapPool } from '../../map-pool.ts';
import { type Progress, silent } from '../../progress.ts';
import { provenanceName } from '../../provenance/provenance-file.ts';
import { createEntry, timestamp } from '../index-file/entry.ts';
import { plannedArchive, planVersions } from '../plan.ts';
import type { PublishPlan, Store } from '../store.ts';
import { chartUrl } from '../url.ts';
import { ChartMuseumClient } from './client.ts';
import { checkIndex } from './index-check.ts';
import { type Presence, readPresence } from './presence.ts';
import type { ChartMuseumOptions } from './session.ts';
import { parseTarget } from './target.ts';
import { upload, type Upload } from './upload.ts';

/** How many charts are looked at or uploaded at once. */
const CHARTS_AT_ONCE = 4;

/** A repository whose server takes charts by ChartMuseum's API and writes the index itself. */
export class ChartMuseumStore implements Store {
  readonly #base: URL;
  readonly #options: ChartMuseumOptions;

  /**
   * @param target `chartmuseum+https://host`, with the path of a tenant where there are several.
   * @throws UserError USAGE
   */
  constructor(target: string, options: ChartMuseumOptions = {}) {
    this.#base = parseTarget(target);
    this.#options = options;
  }

  /** @throws UserError also PROVENANCE_INVALID, NETWORK, DENIED */
  async plan(archives: readonly ChartArchive[]): Promise<PublishPlan> {
    return this.#plan(await look(this.#client(silent), archives));
  }

  /** @throws UserError also PROVENANCE_INVALID, INDEX_INVALID, NETWORK, DENIED */
  async publish(archives: readonly ChartArchive[], progress: Progress): Promise<PublishPlan> {
    const client = this.#client(progress);
    const found = await look(client, archives);
    const plan = this.#plan(found);
    const lacking = new Set([...plan.uploads.map(({ fileName }) => fileName), ...plan.provenance]);
    const once = unique(found);
    const uploads = once.filter(
      ({ archive: { fileName } }) => lacking.has(fileName) || lacking.has(provenanceName(fileName)),
    );
    await mapPool(uploads, CHARTS_AT_ONCE, async (item) => {
      progress(`uploading ${item.archive.fileName}`);
      await upload(client, item, progress);
    });
    const added = new Set(plan.additions.map(({ digest }) => digest));
    const listed = once.map(({ archive }) => archive).filter(({ digest }) => added.has(digest));
    const warnings = await checkIndex(client, listed, progress);
    return { ...plan, warnings: [...plan.warnings, ...warnings] };
  }

  #client(progress: Progress): ChartMuseumClient {
    return new ChartMuseumClient(this.#base, this.#options, progress);
  }

  #plan(found: readonly Upload[]): PublishPlan {
    const presences = new Map<ArchiveInfo, Presence>();
    const digests = new Map<string, string>();
    for (const { archive, presence } of found) {
      presences.set(archive, presence);
      if (presence.digest !== undefined) digests.set(archive.fileName, presence.digest);
    }
    const { uploads, additions, unchanged, warnings } = planVersions([...presences.keys()], {
      find: (archive) => presences.get(archive)?.listing,
      digests,
    });
    const created = timestamp();
    const unsigned = found.filter(
      ({ archive, presence }) => archive.provenance && !presence.hasProvenance,
    );
    return {
      uploads: uploads.map(plannedArchive),
      additions: additions.map((archive) =>
        createEntry(archive, chartUrl(`charts/${archive.fileName}`, this.#base), created),
      ),
      overwrites: [],
      unchanged: unchanged.map(plannedArchive),
      provenance: [...new Set(unsigned.map(({ archive }) => provenanceName(archive.fileName)))],
      sboms: [],
      warnings,
    };
  }
}

function look(client: ChartMuseumClient, archives: readonly ChartArchive[]): Promise<Upload[]> {
  return mapPool(archives, CHARTS_AT_ONCE, async (archive) => ({
    archive,
    presence: await readPresence(client, archive),
  }));
}

/** Each file once; of equal archives one that is signed. */
function unique(found: readonly Upload[]): Upload[] {
  const isSigned = ({ archive }: Upload) => Number(archive.provenance !== undefined);
  const signedLast = found.toSorted((one, other) => isSigned(one) - isSigned(other));
  return [...new Map(signedLast.map((item) => [item.archive.fileName, item])).values()];
}
