import type { UserError } from '../errors.ts';
import { agentTrusting } from '../network/agent.ts';
import { networkError, RequestFailure } from '../network/failure.ts';
import type { Credentials } from '../network/request.ts';
import { withRetries } from '../network/retry.ts';
import type { Progress } from '../progress.ts';
import { Authentication, type Actions } from './authentication.ts';
import { findLogin } from './login-files.ts';
import { registryUrl } from './registry-url.ts';
import { refusal } from './refusal.ts';
import { RegistrySession, type RegistryRequest, type RegistryResponse } from './session.ts';

export interface RegistryOptions {
  /** In place of the logins that Helm and Docker keep. */
  credentials?: Credentials;
  /** Talk in clear. Where absent: to this machine, without a CA file. */
  plainHttp?: boolean;
  /** Certificates (PEM) of the authorities that vouch for the registry, in place of the system's. */
  caFile?: string;
}

/**
 * Requests to a registry by the OCI distribution specification
 * (https://github.com/opencontainers/distribution-spec); what they are about is known to the modules
 * of blobs, manifests and referrers.
 */
export class RegistryClient {
  /** Host and port. */
  readonly registry: string;
  /** Where it is asked. */
  readonly url: URL;
  readonly #authentication: Authentication;
  readonly #session: RegistrySession;
  readonly #progress: Progress;

  /**
   * @param registry host and port.
   * @throws UserError FILE_SYSTEM for a CA file that cannot be read.
   */
  constructor(
    registry: string,
    { credentials, plainHttp, caFile }: RegistryOptions,
    { actions, progress }: { actions: Actions; progress: Progress },
  ) {
    const agent = caFile === undefined ? undefined : agentTrusting(caFile);
    this.registry = registry;
    this.url = registryUrl(registry, plainHttp ?? (agent ? false : undefined));
    this.#progress = progress;
    const find = () => (credentials ? Promise.resolve(credentials) : findLogin(registry));
    this.#authentication = new Authentication({ findLogin: find, actions, agent });
    this.#session = new RegistrySession(this.url, this.#authentication, agent);
  }

  /** The address of something in a repository: `manifests/1.0.0`. */
  urlOf(repository: string, path: string): URL {
    return new URL(`/v2/${repository}/${path}`, this.url);
  }

  /**
   * Asks until that does not fail in passing.
   * @throws UserError DENIED, NETWORK
   */
  ask(request: RegistryRequest): Promise<RegistryResponse> {
    return this.retrying((ask) => ask(request));
  }

  /**
   * Does something that takes several requests, from its beginning each time that it fails in passing.
   * @param attempt gets a function that asks once.
   * @throws UserError DENIED, NETWORK, and what `attempt` throws.
   */
  async retrying<T>(attempt: (ask: RegistrySession['ask']) => Promise<T>): Promise<T> {
    try {
      return await withRetries(
        () => attempt((request) => this.#session.ask(request)),
        this.#progress,
      );
    } catch (error) {
      // It may have been the server of tokens that failed.
      throw error instanceof RequestFailure ? networkError(error, error.url) : error;
    }
  }

  /**
   * An answer that is no success, as users are told of it.
   * @param action to follow "refuses to": `push to`.
   */
  async refusal(
    response: RegistryResponse,
    repository: string,
    action: string,
  ): Promise<UserError> {
    const hasLogin = await this.#authentication.hasLogin();
    return refusal(response, { action, registry: this.registry, repository, hasLogin });
  }
}
