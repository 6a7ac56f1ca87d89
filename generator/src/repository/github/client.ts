import type { Octokit } from '@octokit/rest';
import { RequestError } from '@octokit/request-error';
import { RequestFailure } from '../../network/failure.ts';
import { withRetries } from '../../network/retry.ts';
import { assertSafeUrl } from '../../network/url.ts';
import type { Progress } from '../../progress.ts';
import { createOctokit } from './octokit.ts';
import { failureOf } from './refusal.ts';
import { readStream } from './read-stream.ts';
import { type Asset, assetOf, type Release, releaseOf } from './release.ts';
import type { GitHubTarget } from './target.ts';

const PAGE = { per_page: 100 };

/** What a new release says. */
export interface ReleaseDraft {
  tag: string;
  body: string;
  isPrerelease: boolean;
  /** That the tag is put on; the tip of the default branch where absent. */
  commit?: string;
}

/**
 * The releases of a repository on GitHub.
 * All of it throws RequestFailure; UserError NETWORK where what answers is not GitHub.
 */
export class GitHubClient {
  /** The repository, as the API names it. */
  readonly url: URL;
  readonly #octokit: Octokit;
  readonly #place: { owner: string; repo: string };
  readonly #token: string;
  readonly #progress: Progress;

  /**
   * @param api where GitHub's API is.
   * @param token empty where there is none.
   */
  constructor(api: string, { owner, repo }: GitHubTarget, token: string, progress: Progress) {
    this.url = new URL(`${api}/repos/${owner}/${repo}`);
    this.#octokit = createOctokit(api, token, progress);
    this.#place = { owner, repo };
    this.#token = token;
    this.#progress = progress;
  }

  /** All releases; drafts among them for those who may write. */
  async listReleases(): Promise<Release[]> {
    const { repos } = this.#octokit.rest;
    const options = { ...this.#place, ...PAGE };
    const releases = await this.#asked(this.#octokit.paginate(repos.listReleases, options));
    return releases.map(releaseOf);
  }

  /** The published release of a tag. */
  async findRelease(tag: string): Promise<Release | undefined> {
    const { repos } = this.#octokit.rest;
    const answer = await ifFound(this.#asked(repos.getReleaseByTag({ ...this.#place, tag })));
    return answer && releaseOf(answer.data);
  }

  async createDraft({ tag, body, isPrerelease, commit }: ReleaseDraft): Promise<Release> {
    const { repos } = this.#octokit.rest;
    const { data } = await this.#asked(
      repos.createRelease({
        ...this.#place,
        tag_name: tag,
        name: tag,
        body,
        draft: true,
        prerelease: isPrerelease,
        ...(commit !== undefined && { target_commitish: commit }),
      }),
    );
    return releaseOf(data);
  }

  async publishDraft(id: number): Promise<void> {
    const { repos } = this.#octokit.rest;
    await this.#asked(repos.updateRelease({ ...this.#place, release_id: id, draft: false }));
  }

  /** One that is gone already is no failure. */
  async deleteRelease(id: number): Promise<void> {
    const { repos } = this.#octokit.rest;
    await ifFound(this.#asked(repos.deleteRelease({ ...this.#place, release_id: id })));
  }

  async listAssets(id: number): Promise<Asset[]> {
    const { repos } = this.#octokit.rest;
    const options = { ...this.#place, ...PAGE, release_id: id };
    const assets = await this.#asked(this.#octokit.paginate(repos.listReleaseAssets, options));
    return assets.map(assetOf);
  }

  async upload({ uploadUrl }: Release, name: string, bytes: Uint8Array): Promise<void> {
    assertSafeUrl(new URL(uploadUrl.replace(/\{.*$/, '')));
    const headers = { 'content-type': 'application/octet-stream' };
    await this.#asked(
      this.#octokit.request({ method: 'POST', url: uploadUrl, name, data: bytes, headers }),
    );
  }

  /** One that is gone already is no failure. */
  async deleteAsset(id: number): Promise<void> {
    const { repos } = this.#octokit.rest;
    await ifFound(this.#asked(repos.deleteReleaseAsset({ ...this.#place, asset_id: id })));
  }

  /** The content of a file; a longer one than is wanted is refused. */
  download({ id }: Asset, maxBytes: number): Promise<Uint8Array> {
    const options = {
      ...this.#place,
      asset_id: id,
      headers: { accept: 'application/octet-stream' },
      request: { parseSuccessResponseBody: false },
    };
    return withRetries(async () => {
      const { data, url } = await this.#asked(this.#octokit.rest.repos.getReleaseAsset(options));
      return readStream(data as unknown as ReadableStream<Uint8Array>, new URL(url), maxBytes);
    }, this.#progress);
  }

  async #asked<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      throw error instanceof RequestError ? failureOf(error, this.#token) : error;
    }
  }
}

async function ifFound<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RequestFailure && error.status === 404) return undefined;
    throw error;
  }
}
