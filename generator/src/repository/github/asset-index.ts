import { randomBytes } from 'node:crypto';
import { MAX_CHART_SIZE } from '../../archive/limits.ts';
import { UserError } from '../../errors.ts';
import { sha256 } from '../../files/digest.ts';
import { RequestFailure } from '../../network/failure.ts';
import { INDEX_FILE } from '../directory/directory-index.ts';
import {
  copyName,
  draftName,
  type IndexFiles,
  indexFilesOf,
  numberedName,
} from './asset-index-files.ts';
import type { GitHubClient } from './client.ts';
import { digestOf } from './presence.ts';
import type { Asset, Release } from './release.ts';

/** Another publisher was first: everything is to be done again on what is there now. */
function overtaken(cause?: unknown): UserError {
  return new UserError('BUSY', 'the index was changed by others each time it was to be written', {
    next: 'Run it again when they are done.',
    cause,
  });
}

/** Of a file that is gone, and a name that is taken, others are the reason. */
function orOvertaken(error: unknown): never {
  if (!(error instanceof RequestFailure)) throw error;
  const isTaken = error.status === 422 && error.isTransient;
  throw isTaken || error.status === 404 ? overtaken(error) : error;
}

/**
 * An index as a file of a release. GitHub cannot replace a file, but a name belongs to one file at a
 * time, and a file that is there whole can be given another name in one step. So each state of the
 * index is a file with a number, and the highest number counts: who has read state 6 uploads the new
 * index and gives it the name of state 7, which succeeds once; the others read 7 and begin again.
 * Nothing that a run leaves behind has a state's name, so there is nothing to take over.
 * index.yaml is a copy of the last state for clients. Whoever finds another one there replaces it.
 */
export class AssetIndex {
  readonly #client: GitHubClient;
  readonly #release: Release;

  constructor(client: GitHubClient, release: Release) {
    this.#client = client;
    this.#release = release;
  }

  /** @throws RequestFailure */
  async look(): Promise<IndexFiles> {
    return indexFilesOf(await this.#client.listAssets(this.#release.id));
  }

  /** The bytes of an index. @throws RequestFailure; UserError BUSY where it is gone by now. */
  read(asset: Asset): Promise<Uint8Array> {
    return this.#client.download(asset, MAX_CHART_SIZE).catch(orOvertaken);
  }

  /** Uploads what is to be a state, and reads it back. @throws RequestFailure; UserError BUSY */
  upload(number: number, bytes: Uint8Array): Promise<Asset> {
    return this.#upload(draftName(number, randomBytes(8).toString('hex')), bytes);
  }

  /**
   * Makes an uploaded file the state of a number.
   * @throws RequestFailure; UserError BUSY where another publisher has made one.
   */
  async append({ id }: Asset, number: number): Promise<void> {
    await this.#client.renameAsset(id, numberedName(number)).catch(orOvertaken);
    // A run that was paused for long may take a number that was given, and removed, before.
    const { head } = await this.look();
    if (head.asset?.id !== id) throw overtaken();
  }

  /**
   * Has clients read the last state, and removes what is left over. Between the old file and the new
   * one there is none, for about a second.
   * @throws RequestFailure; UserError BUSY
   */
  async serve(): Promise<void> {
    let files = await this.look();
    if (!(await this.#isServed(files))) {
      const copy = await this.#copyOf(files);
      if (files.served) await this.#client.deleteAsset(files.served.id);
      await this.#client.renameAsset(copy.id, INDEX_FILE).catch(orOvertaken);
      files = await this.look();
      if (!(await this.#isServed(files))) throw overtaken();
    }
    for (const { id } of files.leftovers) await this.#client.deleteAsset(id);
  }

  async #isServed({ head, served }: IndexFiles): Promise<boolean> {
    if (!head.asset) return true;
    return (
      served?.isWhole === true && (await this.#digest(served)) === (await this.#digest(head.asset))
    );
  }

  /** A second file with the bytes of the last state; one that an earlier run has left will do. */
  async #copyOf({ head, copy }: IndexFiles): Promise<Asset> {
    if (!head.asset) throw overtaken();
    if (copy?.isWhole === true && (await this.#digest(copy)) === (await this.#digest(head.asset)))
      return copy;
    if (copy) await this.#client.deleteAsset(copy.id);
    return this.#upload(copyName(head.number), await this.read(head.asset));
  }

  async #upload(name: string, bytes: Uint8Array): Promise<Asset> {
    await this.#client.upload(this.#release, name, bytes).catch(orOvertaken);
    const assets = await this.#client.listAssets(this.#release.id);
    const asset = assets.find((present) => present.name === name);
    if (asset?.isWhole === true && (await this.#digest(asset)) === sha256(bytes)) return asset;
    throw new RequestFailure(this.#client.url, `was given ${name} and does not have it whole`, {
      isTransient: true,
    });
  }

  #digest(asset: Asset): Promise<string> {
    return digestOf(this.#client, asset).catch(orOvertaken);
  }
}
