import type { ArchiveInfo, ChartArchive } from '../../archive/archive.ts';
import { mapPool } from '../../map-pool.ts';
import { type Progress, silent } from '../../progress.ts';
import { RegistryClient, type RegistryOptions } from '../../registry/client.ts';
import { parseReference, type RegistryReference } from '../../registry/reference.ts';
import type { PublishPlan, Store } from '../store.ts';
import { attachSbom, planSboms } from './attach-sbom.ts';
import { repositoryOf } from './chart-place.ts';
import { CHARTS_AT_ONCE, findPublished, type FoundChart, isPublished } from './found-chart.ts';
import { planCharts } from './plan-charts.ts';
import { pushArtifactHub, pushChart } from './push.ts';
import type { Sboms } from './sbom.ts';

export interface OciStoreOptions extends RegistryOptions {
  /** The content of artifacthub-repo.yml, which each chart's repository then says of itself. */
  artifactHub?: Uint8Array;
  /** What is attached to the manifests of archives. */
  sboms?: Sboms;
  /** Have tags of versions that are there with other bytes name the new ones. */
  allowOverwrite?: boolean;
}

/**
 * A registry of OCI artifacts. It has no index: what a tag names is published. A tag that is there
 * does not move unless it is to be overwritten, not even for a provenance file that was not pushed
 * with the chart: signatures, and those who deploy by digest, hold on to manifests.
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
    const client = this.#client('pull', silent);
    return this.#plan(client, await findPublished(client, this.#reference, archives));
  }

  async publish(archives: readonly ChartArchive[], progress: Progress): Promise<PublishPlan> {
    const client = this.#client('pull,push', progress);
    const found = await findPublished(client, this.#reference, archives);
    const plan = await this.#plan(client, found);
    const missing = new Set(plan.uploads.map(({ fileName }) => fileName));
    const lacking = new Set(plan.sboms);
    await mapPool(onceEach(found), CHARTS_AT_ONCE, async (chart) => {
      const { archive, place } = chart;
      const isMissing = missing.has(archive.fileName);
      const tag = isMissing ? await this.#push(client, chart, progress) : chart.tag;
      for (const sbom of this.#sbomsOf(archive).filter(({ fileName }) => lacking.has(fileName))) {
        progress(`attaching ${sbom.fileName} to ${place.url}`);
        if (tag) await attachSbom(client, place.repository, tag.manifest, sbom);
      }
    });
    await this.#pushArtifactHub(client, archives);
    return plan;
  }

  #client(actions: 'pull' | 'pull,push', progress: Progress): RegistryClient {
    return new RegistryClient(this.#reference.registry, this.#options, { actions, progress });
  }

  async #plan(client: RegistryClient, found: readonly FoundChart[]): Promise<PublishPlan> {
    const plan = planCharts(found, this.#options.allowOverwrite === true);
    const sboms = await mapPool(onceEach(found), CHARTS_AT_ONCE, (chart) => {
      const { archive, place, tag } = chart;
      const manifest = isPublished(chart) ? tag?.manifest : undefined;
      return planSboms(client, place.repository, manifest, this.#sbomsOf(archive));
    });
    return {
      ...plan,
      sboms: sboms.flatMap(({ lacking }) => lacking.map(({ fileName }) => fileName)),
      warnings: [...plan.warnings, ...sboms.flatMap(({ warnings }) => warnings)],
    };
  }

  #sbomsOf({ fileName }: ArchiveInfo) {
    return this.#options.sboms?.get(fileName) ?? [];
  }

  #push(client: RegistryClient, { archive, place, tag }: FoundChart, progress: Progress) {
    progress(
      tag
        ? `overwriting ${place.url}: who pulls it gets other bytes from now on`
        : `pushing ${place.url}`,
    );
    return pushChart(client, place, archive, tag?.manifest.digest);
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

/** Of equal archives the first. */
function onceEach(found: readonly FoundChart[]): FoundChart[] {
  const names = new Set<string>();
  return found.filter(({ archive: { fileName } }) => {
    const isNew = !names.has(fileName);
    names.add(fileName);
    return isNew;
  });
}
