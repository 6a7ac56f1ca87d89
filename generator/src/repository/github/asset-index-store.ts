import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChartArchive } from '../../archive/archive.ts';
import { UserError } from '../../errors.ts';
import { withTemporaryDirectory } from '../../files/temporary.ts';
import { readNamed } from '../../files/read.ts';
import { RequestFailure } from '../../network/failure.ts';
import type { Progress } from '../../progress.ts';
import { INDEX_FILE } from '../directory/directory-index.ts';
import { type Retry, takeTurns } from '../git/turns.ts';
import { renamedError, renamedProblem } from '../renamed.ts';
import type { PublishPlan, Store } from '../store.ts';
import { AssetIndex } from './asset-index.ts';
import type { GitHubClient } from './client.ts';
import { findIndexRelease, openIndexRelease } from './index-release.ts';
import type { Asset } from './release.ts';

/** Where an index is. */
export interface AssetIndexPlace {
  /** Of the release. */
  tag: string;
  /** The address of the files of the release, as clients add it. */
  url: string;
}

function retryOf(error: unknown): Retry {
  if (error instanceof RequestFailure && error.isTransient) return 'passing';
  return error instanceof UserError && error.code === 'BUSY' ? 'moved' : undefined;
}

/** Has a folder hold an index and nothing else, or nothing. */
async function load(directory: string, index: AssetIndex, asset: Asset | undefined): Promise<void> {
  const file = join(directory, INDEX_FILE);
  if (asset) await writeFile(file, await index.read(asset));
  else await rm(file, { force: true });
}

/** An index that is a file of a release, edited in a temporary folder. */
export class AssetIndexStore implements Store {
  readonly #client: GitHubClient;
  readonly #place: AssetIndexPlace;
  readonly #storeIn: (directory: string) => Store;

  /** @param storeIn what writes the folder. */
  constructor(client: GitHubClient, place: AssetIndexPlace, storeIn: (directory: string) => Store) {
    this.#client = client;
    this.#place = place;
    this.#storeIn = storeIn;
  }

  /** @throws RequestFailure; UserError also DENIED where the release cannot be used. */
  plan(archives: readonly ChartArchive[]): Promise<PublishPlan> {
    return this.#inFolder(async (directory) => {
      const release = await findIndexRelease(this.#client, this.#place.tag);
      if (release) {
        const index = new AssetIndex(this.#client, release);
        await load(directory, index, (await index.look()).head.asset);
      }
      return this.#storeIn(directory).plan(archives);
    });
  }

  /** @throws RequestFailure; UserError also DENIED, BUSY */
  publish(archives: readonly ChartArchive[], progress: Progress): Promise<PublishPlan> {
    return this.#inFolder((directory) => {
      let mine: { id: number; plan: PublishPlan } | undefined;
      const attempt = async () => {
        const index = new AssetIndex(
          this.#client,
          await openIndexRelease(this.#client, this.#place),
        );
        const { head } = await index.look();
        // What was written is there, and only the answer was lost, or something after it failed.
        let plan = mine?.id === head.asset?.id ? mine?.plan : undefined;
        if (!plan) {
          await load(directory, index, head.asset);
          plan = await this.#storeIn(directory).publish(archives, progress);
          if (plan.additions.length > 0) {
            progress(`uploading ${INDEX_FILE}`);
            const asset = await index.upload(
              head.number + 1,
              await readNamed(join(directory, INDEX_FILE)),
            );
            mine = { id: asset.id, plan };
            await index.append(asset, head.number + 1);
          }
        }
        progress(`checking ${this.#place.url}/${INDEX_FILE}`);
        await index.serve();
        return plan;
      };
      return takeTurns(attempt, progress, retryOf);
    });
  }

  async #inFolder(work: (directory: string) => Promise<PublishPlan>): Promise<PublishPlan> {
    return withTemporaryDirectory(async (directory) => {
      const rename = (text: string) => text.replaceAll(directory, this.#place.url);
      try {
        const plan = await work(directory);
        const warnings = plan.warnings.map((warning) => renamedProblem(warning, rename));
        return { ...plan, warnings };
      } catch (error) {
        throw error instanceof UserError ? renamedError(error, rename) : error;
      }
    });
  }
}
