import type { Agent } from 'node:https';
import { MAX_CHART_SIZE } from '../../archive/limits.ts';
import { UserError } from '../../errors.ts';
import { agentTrusting } from '../../network/agent.ts';
import { download } from '../../network/download.ts';
import { networkError, RequestFailure, statusOf } from '../../network/failure.ts';
import { basicAuthorization, type Credentials } from '../../network/request.ts';
import { withRetries } from '../../network/retry.ts';
import { transfer } from '../../network/transport.ts';
import { nameOfUrl } from '../../network/url.ts';
import type { Progress } from '../../progress.ts';
import { jsonObject } from '../../json-object.ts';
import { MAX_FETCHED_INDEX_SIZE } from '../http-repository.ts';
import { encodeMultipart } from './multipart.ts';
import { failureOf, withAdvice } from './refusal.ts';

export interface ChartMuseumOptions {
  /** Sent to the server itself only. */
  credentials?: Credentials;
  /** Certificates (PEM) of the authorities that vouch for the server, in place of the system's. */
  caFile?: string;
}

const IDLE_TIMEOUT = 60_000;
const MAX_ENTRY_SIZE = 4 * 1024 * 1024;

/** A repository of ChartMuseum (https://github.com/helm/chartmuseum#api), or of a server with its API. */
export class ChartMuseumClient {
  readonly #base: URL;
  readonly #credentials: Credentials | undefined;
  readonly #agent: Agent | undefined;
  readonly #progress: Progress;

  /**
   * @param base where its index.yaml is, the path being that of a tenant.
   * @throws UserError FILE_SYSTEM for a CA file that cannot be read.
   */
  constructor(base: URL, { credentials, caFile }: ChartMuseumOptions, progress: Progress) {
    this.#base = base;
    this.#credentials = credentials;
    this.#agent = caFile === undefined ? undefined : agentTrusting(caFile);
    this.#progress = progress;
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
    const bytes = await this.#fetchIfPresent(url, MAX_ENTRY_SIZE);
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
    return this.#fetchIfPresent(this.fileUrl(name), MAX_CHART_SIZE);
  }

  /** @throws UserError NETWORK, DENIED */
  readIndex(): Promise<Uint8Array> {
    return this.#fetch(this.indexUrl, MAX_FETCHED_INDEX_SIZE);
  }

  /**
   * Uploads an archive and its provenance in one request.
   * @throws UserError as {@link writeFile}.
   */
  async writeSigned(fileName: string, chart: Uint8Array, prov: Uint8Array): Promise<void> {
    const { body, type } = await encodeMultipart({ chart, prov }, fileName);
    return this.#post('charts', body, type);
  }

  /**
   * Uploads an archive or a provenance file, whose name the server takes from its content. What is
   * there already stays, which is no failure: it may be what a lost answer was about.
   * @throws UserError NETWORK, DENIED
   */
  writeFile(kind: 'charts' | 'prov', bytes: Uint8Array): Promise<void> {
    return this.#post(kind, bytes, 'application/octet-stream');
  }

  async #post(kind: 'charts' | 'prov', body: Uint8Array, type: string): Promise<void> {
    const url = this.#apiUrl([kind]);
    const headers: Record<string, string> = { 'content-type': type, 'user-agent': 'spark-charts' };
    if (this.#credentials) headers.authorization = basicAuthorization(this.#credentials);
    const request = {
      ...{ method: 'POST', headers, body, idleTimeout: IDLE_TIMEOUT },
      ...(this.#agent && { agent: this.#agent }),
    };
    const attempt = () =>
      transfer(url, request, async (response) => {
        const { statusCode: status = 0 } = response;
        if ((status < 200 || status > 299) && status !== 409) throw await failureOf(url, response);
      });
    try {
      await withRetries(attempt, this.#progress);
    } catch (error) {
      throw error instanceof RequestFailure
        ? withAdvice(networkError(error, url), 'upload')
        : error;
    }
  }

  async #fetch(url: URL, maxBytes: number): Promise<Uint8Array> {
    const { bytes } = await download(url, {
      ...{ maxBytes, progress: this.#progress, idleTimeout: IDLE_TIMEOUT },
      ...(this.#credentials && { credentials: this.#credentials }),
      ...(this.#agent && { agent: this.#agent }),
    }).catch((error: unknown) => {
      throw error instanceof UserError ? withAdvice(error, 'read') : error;
    });
    return bytes;
  }

  async #fetchIfPresent(url: URL, maxBytes: number): Promise<Uint8Array | undefined> {
    try {
      return await this.#fetch(url, maxBytes);
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
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
