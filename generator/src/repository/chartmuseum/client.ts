import { MAX_CHART_SIZE } from '../../archive/limits.ts';
import { UserError } from '../../errors.ts';
import { jsonObject } from '../../json-object.ts';
import { nameOfUrl } from '../../network/url.ts';
import type { Progress } from '../../progress.ts';
import { MAX_FETCHED_INDEX_SIZE } from '../http-repository.ts';
import { encodeMultipart } from './multipart.ts';
import { type ChartMuseumOptions, ChartMuseumSession } from './session.ts';

const MAX_ENTRY_SIZE = 4 * 1024 * 1024;

/** A repository of ChartMuseum (https://github.com/helm/chartmuseum#api), or of a server with its API. */
export class ChartMuseumClient {
  readonly #base: URL;
  readonly #session: ChartMuseumSession;

  /**
   * @param base where its index.yaml is, the path being that of a tenant.
   * @throws UserError FILE_SYSTEM for a CA file that cannot be read.
   */
  constructor(base: URL, options: ChartMuseumOptions, progress: Progress) {
    this.#base = base;
    this.#session = new ChartMuseumSession(options, progress);
  }

  get indexUrl(): URL {
    return this.#url(['index.yaml']);
  }

  /** Where a file of the repository is. */
  fileUrl(name: string): URL {
    return this.#url(['charts', name]);
  }

  /**
   * What the index says of a version; undefined where it does not list it.
   * @throws UserError NETWORK, DENIED
   */
  async readEntry(name: string, version: string): Promise<Record<string, unknown> | undefined> {
    const url = this.#apiUrl(['charts', name, version]);
    const bytes = await this.#session.fetchIfPresent(url, MAX_ENTRY_SIZE);
    if (!bytes) return undefined;
    const entry = jsonObject(bytes);
    if (!entry)
      throw new UserError('NETWORK', `${nameOfUrl(url)} does not answer as ChartMuseum does`, {
        next: 'Check the URL: it is the one given to helm repo add.',
      });
    // Where this version is not there it takes it for a range, which another may be in.
    return entry.name === name && entry.version === version ? entry : undefined;
  }

  /**
   * An archive or a provenance file; undefined where there is none.
   * @throws UserError NETWORK, DENIED
   */
  readFile(name: string): Promise<Uint8Array | undefined> {
    return this.#session.fetchIfPresent(this.fileUrl(name), MAX_CHART_SIZE);
  }

  /** @throws UserError NETWORK, DENIED */
  readIndex(): Promise<Uint8Array> {
    return this.#session.fetch(this.indexUrl, MAX_FETCHED_INDEX_SIZE);
  }

  /**
   * Uploads an archive and its provenance in one request.
   * @throws UserError as {@link writeFile}.
   */
  async writeSigned(fileName: string, chart: Uint8Array, prov: Uint8Array): Promise<void> {
    const { body, type } = await encodeMultipart({ chart, prov }, fileName);
    return this.#session.post(this.#apiUrl(['charts']), body, type);
  }

  /**
   * Uploads an archive or a provenance file, whose name the server takes from its content. What is
   * there already stays, which is no failure.
   * @throws UserError NETWORK, DENIED
   */
  writeFile(kind: 'charts' | 'prov', bytes: Uint8Array): Promise<void> {
    return this.#session.post(this.#apiUrl([kind]), bytes, 'application/octet-stream');
  }

  /** For a tenant `/org/repo` the API is at `/api/org/repo`. */
  #apiUrl(parts: readonly string[]): URL {
    const url = this.#url(parts);
    url.pathname = `/api${url.pathname}`;
    return url;
  }

  #url(parts: readonly string[]): URL {
    const url = new URL(this.#base);
    const path = parts.map(encodeURIComponent).join('/');
    url.pathname = `${url.pathname.replace(/\/$/, '')}/${path}`;
    return url;
  }
}
