import type { Agent } from 'node:https';
import { UserError } from '../../errors.ts';
import { agentTrusting } from '../../network/agent.ts';
import { download } from '../../network/download.ts';
import { networkError, RequestFailure, statusOf } from '../../network/failure.ts';
import { basicAuthorization, type Credentials } from '../../network/request.ts';
import { withRetries } from '../../network/retry.ts';
import { transfer } from '../../network/transport.ts';
import type { Progress } from '../../progress.ts';
import { failureOf, withAdvice } from './refusal.ts';

export interface ChartMuseumOptions {
  /** Sent to the server itself only. */
  credentials?: Credentials;
  /** Certificates (PEM) of the authorities that vouch for the server, in place of the system's. */
  caFile?: string;
}

const IDLE_TIMEOUT = 60_000;

/** Requests to a server of charts, with its login, tried again where they fail in passing. */
export class ChartMuseumSession {
  readonly #credentials: Credentials | undefined;
  readonly #agent: Agent | undefined;
  readonly #progress: Progress;

  /** @throws UserError FILE_SYSTEM for a CA file that cannot be read. */
  constructor({ credentials, caFile }: ChartMuseumOptions, progress: Progress) {
    this.#credentials = credentials;
    this.#agent = caFile === undefined ? undefined : agentTrusting(caFile);
    this.#progress = progress;
  }

  /** @throws UserError NETWORK, DENIED */
  async fetch(url: URL, maxBytes: number): Promise<Uint8Array> {
    const { bytes } = await download(url, {
      ...{ maxBytes, progress: this.#progress, idleTimeout: IDLE_TIMEOUT, agent: this.#agent },
      ...(this.#credentials && { credentials: this.#credentials }),
    }).catch((error: unknown) => {
      throw error instanceof UserError ? withAdvice(error, 'read') : error;
    });
    return bytes;
  }

  /**
   * As {@link fetch}; undefined for what is not there.
   * @throws UserError NETWORK, DENIED
   */
  async fetchIfPresent(url: URL, maxBytes: number): Promise<Uint8Array | undefined> {
    try {
      return await this.fetch(url, maxBytes);
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  /**
   * Uploads something. What is there already stays, which is no failure: it may be what a lost answer
   * was about.
   * @throws UserError NETWORK, DENIED
   */
  async post(url: URL, body: Uint8Array, type: string): Promise<void> {
    const headers: Record<string, string> = { 'content-type': type, 'user-agent': 'spark-charts' };
    if (this.#credentials) headers.authorization = basicAuthorization(this.#credentials);
    const agent = this.#agent;
    const request = { method: 'POST', headers, body, idleTimeout: IDLE_TIMEOUT, agent };
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
}
