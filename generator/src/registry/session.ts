import https from 'node:https';
import { redirectTarget } from '../network/download.ts';
import { RequestFailure } from '../network/failure.ts';
import { redirectOf } from '../network/request.ts';
import { readBody, statusFailure, transfer } from '../network/transport.ts';
import type { Authentication } from './authentication.ts';

export interface RegistryRequest {
  method: 'GET' | 'POST' | 'PUT';
  url: URL;
  /** Whose rights it takes. */
  repository: string;
  headers?: Record<string, string>;
  body?: Uint8Array;
  /** Longer answers than this and any manifest are refused. */
  maxBytes?: number;
}

export interface RegistryResponse {
  /** Where it comes from in the end. */
  url: URL;
  status: number;
  /** The value of a header, '' where there is none. */
  header: (name: string) => string;
  body: Uint8Array;
}

const IDLE_TIMEOUT = 60_000;
/** Twice what registries take for a manifest; also room for what they say of an error. */
const MAX_MANIFEST_SIZE = 8 * 1024 * 1024;
const MAX_REDIRECTS = 10;
const USER_AGENT = 'spark-charts';

/** Requests to one registry, with its login where it asks for one. */
export class RegistrySession {
  readonly #registry: URL;
  readonly #authentication: Authentication;
  readonly #agent: https.Agent | undefined;

  constructor(registry: URL, authentication: Authentication, agent: https.Agent | undefined) {
    this.#registry = registry;
    this.#authentication = authentication;
    this.#agent = agent;
  }

  /**
   * Asks once, and once more with a login where that is wanted.
   * @returns answers of any status but those that pass.
   * @throws RequestFailure; UserError as {@link Authentication.answer}.
   */
  async ask(request: RegistryRequest): Promise<RegistryResponse> {
    const { repository } = request;
    const sent = await this.#authentication.header(repository);
    const response = await this.#follow(request, sent);
    const challenge = response.header('www-authenticate');
    // Whoever a redirect leads to gets no login.
    const isRegistry = response.url.origin === this.#registry.origin;
    if (response.status !== 401 || challenge === '' || !isRegistry) return response;
    const header = await this.#authentication.answer(this.#registry, repository, challenge, sent);
    return header === undefined ? response : this.#follow(request, header);
  }

  async #follow(
    request: RegistryRequest,
    authorization: string | undefined,
  ): Promise<RegistryResponse> {
    const headers: Record<string, string> = { 'user-agent': USER_AGENT, ...request.headers };
    let { url } = request;
    if (authorization !== undefined && url.origin === this.#registry.origin)
      headers.authorization = authorization;
    for (let redirects = 1; ; redirects += 1) {
      const answer = await this.#send(url, request, headers);
      if ('status' in answer) return answer;
      if (redirects > MAX_REDIRECTS) throw new RequestFailure(url, 'redirects again and again');
      if (answer.next.origin !== url.origin) delete headers.authorization;
      url = answer.next;
    }
  }

  #send(
    url: URL,
    { method, body, maxBytes = 0 }: RegistryRequest,
    headers: Record<string, string>,
  ): Promise<RegistryResponse | { next: URL }> {
    const limit = Math.max(maxBytes, MAX_MANIFEST_SIZE);
    const request = {
      ...{ method, headers, idleTimeout: IDLE_TIMEOUT, agent: this.#agent },
      ...(body && { body, headers: { ...headers, 'content-length': String(body.length) } }),
    };
    return transfer(url, request, async (response) => {
      const redirect = redirectOf(response);
      // What is written goes to the registry alone.
      if (redirect && method === 'GET') return { next: redirectTarget(url, redirect) };
      const failure = statusFailure(url, response);
      if (failure.isTransient) throw failure;
      return {
        url,
        status: response.statusCode ?? 0,
        header: (name) => String(response.headers[name] ?? ''),
        body: await readBody(url, response, limit),
      };
    });
  }
}
