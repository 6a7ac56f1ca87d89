import { UserError } from '../errors.ts';
import { sha256 } from '../files/digest.ts';
import { agentTrusting } from '../network/agent.ts';
import { networkError, RequestFailure } from '../network/failure.ts';
import type { Credentials } from '../network/request.ts';
import { withRetries } from '../network/retry.ts';
import { nameOfUrl } from '../network/url.ts';
import type { Progress } from '../progress.ts';
import { Authentication, type Actions } from './authentication.ts';
import type { Blob } from './artifact.ts';
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

/** What a tag names. */
export interface TaggedManifest {
  bytes: Uint8Array;
  /** `sha256:` and hex. */
  digest: string;
  mediaType: string;
}

const MANIFEST_TYPES = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

/** A registry by the OCI distribution specification (https://github.com/opencontainers/distribution-spec). */
export class RegistryClient {
  readonly #registry: string;
  readonly #base: URL;
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
    this.#registry = registry;
    this.#base = registryUrl(registry, plainHttp ?? (agent ? false : undefined));
    this.#progress = progress;
    const find = () => (credentials ? Promise.resolve(credentials) : findLogin(registry));
    this.#authentication = new Authentication({ findLogin: find, actions, agent });
    this.#session = new RegistrySession(this.#base, this.#authentication, agent);
  }

  /**
   * The manifest that a tag names, undefined where there is none.
   * @throws UserError DENIED, NETWORK
   */
  async readManifest(repository: string, tag: string): Promise<TaggedManifest | undefined> {
    const url = this.#url(repository, `manifests/${tag}`);
    const headers = { accept: MANIFEST_TYPES.join(', ') };
    const response = await this.#ask({ method: 'GET', url, repository, headers });
    if (response.status === 404) return undefined;
    if (response.status !== 200) throw await this.#refusal(response, repository, 'pull from');
    const { body: bytes } = response;
    const [mediaType = ''] = response.header('content-type').split(/\s*;/, 1);
    return { bytes, digest: `sha256:${sha256(bytes)}`, mediaType };
  }

  /**
   * Uploads a blob that is not there yet, and makes sure that it is.
   * @throws UserError DENIED, NETWORK
   */
  async writeBlob(repository: string, blob: Blob): Promise<void> {
    if (await this.#hasBlob(repository, blob)) return;
    await this.#retrying(this.#url(repository, 'blobs/uploads/'), (url) =>
      this.#upload(url, repository, blob),
    );
    if (await this.#hasBlob(repository, blob)) return;
    const { digest } = blob.descriptor;
    throw new UserError(
      'NETWORK',
      `${this.#registry}/${repository} took ${digest} and has not got it`,
      {
        next: 'Run it again; if that does not help, ask those who run the registry.',
      },
    );
  }

  /**
   * Has a tag name a manifest, whose blobs are all there.
   * @throws UserError DENIED, NETWORK
   */
  async writeManifest(
    repository: string,
    tag: string,
    { bytes, mediaType }: Pick<TaggedManifest, 'bytes' | 'mediaType'>,
  ): Promise<void> {
    const url = this.#url(repository, `manifests/${tag}`);
    const headers = { 'content-type': mediaType };
    const response = await this.#ask({ method: 'PUT', url, repository, headers, body: bytes });
    if (response.status !== 201) throw await this.#refusal(response, repository, 'push to');
  }

  async #hasBlob(repository: string, { descriptor, bytes }: Blob): Promise<boolean> {
    const url = this.#url(repository, `blobs/${descriptor.digest}`);
    const response = await this.#ask({ method: 'HEAD', url, repository });
    if (response.status === 404) return false;
    if (response.status !== 200) throw await this.#refusal(response, repository, 'push to');
    return Number(response.header('content-length') || bytes.length) === bytes.length;
  }

  /** In one piece; each attempt begins a new one. */
  async #upload(start: URL, repository: string, { descriptor, bytes }: Blob): Promise<void> {
    const begun = await this.#session.ask({
      method: 'POST',
      url: start,
      repository,
      body: Buffer.alloc(0),
    });
    if (begun.status !== 202) throw await this.#refusal(begun, repository, 'push to');
    const url = this.#uploadUrl(start, begun.header('location'));
    url.searchParams.set('digest', descriptor.digest);
    const headers = { 'content-type': 'application/octet-stream' };
    const done = await this.#session.ask({ method: 'PUT', url, repository, headers, body: bytes });
    if (done.status !== 201) throw await this.#refusal(done, repository, 'push to');
  }

  /** Only the registry itself gets what is uploaded, and its login. */
  #uploadUrl(start: URL, location: string): URL {
    const url = location === '' ? null : URL.parse(location, start.href);
    if (url?.origin === this.#base.origin && url.username === '') return url;
    throw new UserError('NETWORK', `${nameOfUrl(start)} wants uploads to go to another server`, {
      next: 'Ask those who run the registry: its address there has to be the one it is called by.',
    });
  }

  #url(repository: string, path: string): URL {
    return new URL(`/v2/${repository}/${path}`, this.#base);
  }

  #ask(request: RegistryRequest): Promise<RegistryResponse> {
    return this.#retrying(request.url, () => this.#session.ask(request));
  }

  async #retrying<T>(url: URL, attempt: (url: URL) => Promise<T>): Promise<T> {
    try {
      return await withRetries(() => attempt(url), this.#progress);
    } catch (error) {
      // It may have been the server of tokens that failed.
      throw error instanceof RequestFailure ? networkError(error, error.url) : error;
    }
  }

  async #refusal(
    response: RegistryResponse,
    repository: string,
    action: string,
  ): Promise<UserError> {
    const hasLogin = await this.#authentication.hasLogin();
    return refusal(response, { action, registry: this.#registry, repository, hasLogin });
  }
}
