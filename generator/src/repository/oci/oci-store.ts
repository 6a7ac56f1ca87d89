import type { ArchiveInfo, ChartArchive } from '../../archive/archive.ts';
import type { Problem } from '../../errors.ts';
import { mapPool } from '../../map-pool.ts';
import { type Progress, silent } from '../../progress.ts';
import { provenanceName } from '../../provenance/provenance-file.ts';
import { RegistryClient, type RegistryOptions } from '../../registry/client.ts';
import { parseReference, type RegistryReference } from '../../registry/reference.ts';
import { createEntry, timestamp } from '../index-file/entry.ts';
import { plannedArchive, planVersions } from '../plan.ts';
import type { PublishPlan, Store } from '../store.ts';
import { placeOf, repositoryOf } from './chart-place.ts';
import { pushArtifactHub, pushChart } from './push.ts';
import { listingOf, type PublishedTag, readTag } from './tag.ts';

export interface OciStoreOptions extends RegistryOptions {
  /** The content of artifacthub-repo.yml, which each chart's repository then says of itself. */
  artifactHub?: Uint8Array;
}

/** How many charts are looked at or pushed at once. */
const CHARTS_AT_ONCE = 6;

/**
 * A registry of OCI artifacts. It has no index: what a tag names is published. A tag that is there
 * never moves, not even for a provenance file that was not pushed with the chart: signatures, and
 * those who deploy by digest, hold on to manifests.
 */
export class OciStore implements Store {
  readonly #reference: RegistryReference;
  readonly #options: OciStoreOptions;

  /**
   * @param target `oci://registry/path`, to which the name of each chart is added, as Helm does.
   * @throws UserError USAGE
   */
  constructor(target: string, options: OciStoreOptions = {}) {
    this.#reference = parseReference(target);
    this.#options = options;
  }

  async plan(archives: readonly ChartArchive[]): Promise<PublishPlan> {
    return this.#plan(this.#client('pull', silent), archives);
  }

  async publish(archives: readonly ChartArchive[], progress: Progress): Promise<PublishPlan> {
    const client = this.#client('pull,push', progress);
    const plan = await this.#plan(client, archives);
    const missing = new Set(plan.uploads.map(({ fileName }) => fileName));
    // Of equal archives one is pushed.
    const uploads = archives.filter(({ fileName }) => missing.delete(fileName));
    await mapPool(uploads, CHARTS_AT_ONCE, async (archive) => {
      const place = placeOf(this.#reference, archive);
      progress(`pushing ${place.url}`);
      await pushChart(client, place, archive);
    });
    await this.#pushArtifactHub(client, archives);
    return plan;
  }

  #client(actions: 'pull' | 'pull,push', progress: Progress): RegistryClient {
    return new RegistryClient(this.#reference.registry, this.#options, { actions, progress });
  }

  async #plan(client: RegistryClient, archives: readonly ChartArchive[]): Promise<PublishPlan> {
    const found = await mapPool(archives, CHARTS_AT_ONCE, (archive) =>
      readTag(client, placeOf(this.#reference, archive)),
    );
    const tags = new Map<ArchiveInfo, PublishedTag>();
    archives.forEach((archive, i) => {
      const tag = found[i];
      if (tag) tags.set(archive, tag);
    });
    const present = archives.filter(
      (archive) => tags.get(archive)?.chart?.digest === archive.digest,
    );
    const { uploads, additions, unchanged, warnings } = planVersions(archives, {
      find: (archive) => {
        const tag = tags.get(archive);
        return tag && listingOf(tag);
      },
      digests: new Map(present.map(({ fileName, digest }) => [fileName, digest])),
    });
    const [created, missing] = [timestamp(), new Set<ArchiveInfo>(uploads)];
    return {
      uploads: uploads.map(plannedArchive),
      additions: additions.map((archive) =>
        createEntry(archive, placeOf(this.#reference, archive).url, created),
      ),
      unchanged: unchanged.map(plannedArchive),
      provenance: archives
        .filter((archive) => archive.provenance && missing.has(archive))
        .map(({ fileName }) => provenanceName(fileName)),
      warnings: [
        ...warnings,
        ...present
          .filter(
            (archive) => archive.provenance && tags.get(archive)?.chart?.hasProvenance === false,
          )
          .map(withoutProvenance),
      ],
    };
  }

  async #pushArtifactHub(client: RegistryClient, archives: readonly ArchiveInfo[]): Promise<void> {
    const { artifactHub } = this.#options;
    if (!artifactHub) return;
    const repositories = new Set(archives.map(({ name }) => repositoryOf(this.#reference, name)));
    await mapPool([...repositories], CHARTS_AT_ONCE, (repository) =>
      pushArtifactHub(client, repository, artifactHub),
    );
  }
}

function withoutProvenance({ name, version, fileName }: ArchiveInfo): Problem {
  return {
    message: `${name} ${version} is published without provenance and stays so`,
    file: fileName,
  };
}
