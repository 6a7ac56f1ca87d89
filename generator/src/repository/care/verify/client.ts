import { UserError } from '../../../errors.ts';
import { download, type DownloadOptions } from '../../../network/download.ts';
import { statusOf } from '../../../network/failure.ts';
import type { Credentials } from '../../../network/request.ts';
import { nameOfUrl } from '../../../network/url.ts';
import type { Progress } from '../../../progress.ts';

type Limits = Pick<DownloadOptions, 'maxBytes' | 'accept'>;

/** Downloads in a row without any answer, each of several attempts, before a server is given up. */
const PATIENCE = 3;
/** Object stores answer 403 for what is not there. */
const ABSENT = new Set<number | undefined>([403, 404, 410]);

/** Fetches the files of a repository, some of which may be on other servers. */
export class Client {
  readonly #origin: string;
  readonly #progress: Progress;
  readonly #credentials: Credentials | undefined;
  /** How often servers did not answer since they last did. */
  readonly #silences = new Map<string, number>();

  /**
   * @param repository its origin is the only one that the login is sent to.
   */
  constructor(repository: URL, progress: Progress, credentials?: Credentials) {
    this.#origin = repository.origin;
    this.#progress = progress;
    this.#credentials = credentials;
  }

  /** Has the server of the repository stopped answering? */
  get isLost(): boolean {
    return this.#isGivenUp(this.#origin);
  }

  /** @throws UserError NETWORK, USAGE */
  async fetch(url: URL, limits: Limits): Promise<Uint8Array> {
    const { origin } = url;
    if (this.#isGivenUp(origin))
      throw new UserError('NETWORK', `${nameOfUrl(url)} was not asked for: its server is silent`);
    const credentials = origin === this.#origin ? this.#credentials : undefined;
    try {
      const { bytes } = await download(url, {
        ...limits,
        progress: this.#progress,
        ...(credentials !== undefined && { credentials }),
      });
      this.#silences.delete(origin);
      return bytes;
    } catch (error) {
      if (statusOf(error) !== undefined) this.#silences.delete(origin);
      else this.#silences.set(origin, (this.#silences.get(origin) ?? 0) + 1);
      throw error;
    }
  }

  /**
   * Undefined for what is not there.
   * @throws UserError NETWORK, USAGE
   */
  async fetchIfPresent(url: URL, limits: Limits): Promise<Uint8Array | undefined> {
    try {
      const bytes = await this.fetch(url, limits);
      return isWebPage(bytes) ? undefined : bytes;
    } catch (error) {
      if (ABSENT.has(statusOf(error))) return undefined;
      throw error;
    }
  }

  #isGivenUp(origin: string): boolean {
    return (this.#silences.get(origin) ?? 0) >= PATIENCE;
  }
}

/** Some servers have a page for everything; no file of a repository begins like one. */
function isWebPage(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 100)).toString().trimStart().startsWith('<');
}
