import { withRetries } from '../../network/retry.ts';
import { assertSafeUrl } from '../../network/url.ts';
import type { GitHubApi } from './api.ts';
import { readStream } from './read-stream.ts';
import { type Asset, assetOf, type Release, releaseOf } from './release.ts';

const PAGE = { per_page: 100 };

/** What a new release says. */
export interface ReleaseFields {
  tag: string;
  body: string;
  isDraft: boolean;
  isPrerelease: boolean;
  /** False for one that is never to be shown as the latest; where absent GitHub decides. */
  isLatest?: false;
  /** That the tag is put on; the tip of the default branch where absent. */
  commit?: string;
}

/**
 * The releases of a repository on GitHub.
 * All of it throws RequestFailure; UserError NETWORK where what answers is not GitHub.
 */
export class GitHubClient {
  readonly #api: GitHubApi;

  constructor(api: GitHubApi) {
    this.#api = api;
  }

  /** The repository, as the API names it. */
  get url(): URL {
    return this.#api.url;
  }

  /** All releases; drafts among them for those who may write. */
  async listReleases(): Promise<Release[]> {
    const { repos } = this.#api.octokit.rest;
    const options = { ...this.#api.place, ...PAGE };
    const releases = await this.#api.asked(this.#api.octokit.paginate(repos.listReleases, options));
    return releases.map(releaseOf);
  }

  /** The published release of a tag. */
  async findRelease(tag: string): Promise<Release | undefined> {
    const { repos } = this.#api.octokit.rest;
    const answer = await this.#api.ifFound(repos.getReleaseByTag({ ...this.#api.place, tag }));
    return answer && releaseOf(answer.data);
  }

  async createRelease(fields: ReleaseFields): Promise<Release> {
    const { tag, body, isDraft, isPrerelease, isLatest, commit } = fields;
    const { repos } = this.#api.octokit.rest;
    const { data } = await this.#api.asked(
      repos.createRelease({
        ...this.#api.place,
        tag_name: tag,
        name: tag,
        body,
        draft: isDraft,
        prerelease: isPrerelease,
        ...(isLatest === false && { make_latest: 'false' }),
        ...(commit !== undefined && { target_commitish: commit }),
      }),
    );
    return releaseOf(data);
  }

  async publishDraft(id: number): Promise<void> {
    const { repos } = this.#api.octokit.rest;
    await this.#api.asked(
      repos.updateRelease({ ...this.#api.place, release_id: id, draft: false }),
    );
  }

  /** One that is gone already is no failure. */
  async deleteRelease(id: number): Promise<void> {
    const { repos } = this.#api.octokit.rest;
    await this.#api.ifFound(repos.deleteRelease({ ...this.#api.place, release_id: id }));
  }

  async listAssets(id: number): Promise<Asset[]> {
    const { repos } = this.#api.octokit.rest;
    const options = { ...this.#api.place, ...PAGE, release_id: id };
    const assets = await this.#api.asked(
      this.#api.octokit.paginate(repos.listReleaseAssets, options),
    );
    return assets.map(assetOf);
  }

  async upload({ uploadUrl }: Release, name: string, bytes: Uint8Array): Promise<void> {
    assertSafeUrl(new URL(uploadUrl.replace(/\{.*$/, '')));
    const headers = { 'content-type': 'application/octet-stream' };
    await this.#api.asked(
      this.#api.octokit.request({ method: 'POST', url: uploadUrl, name, data: bytes, headers }),
    );
  }

  /** One that is gone already is no failure. */
  async deleteAsset(id: number): Promise<void> {
    const { repos } = this.#api.octokit.rest;
    await this.#api.ifFound(repos.deleteReleaseAsset({ ...this.#api.place, asset_id: id }));
  }

  /** Gives a file another name, which no other file of its release may have. */
  async renameAsset(id: number, name: string): Promise<void> {
    const { repos } = this.#api.octokit.rest;
    await this.#api.asked(repos.updateReleaseAsset({ ...this.#api.place, asset_id: id, name }));
  }

  /** The content of a file; a longer one than is wanted is refused. */
  download({ id }: Asset, maxBytes: number): Promise<Uint8Array> {
    const options = {
      ...this.#api.place,
      asset_id: id,
      headers: { accept: 'application/octet-stream' },
      request: { parseSuccessResponseBody: false },
    };
    return withRetries(async () => {
      const { data, url } = await this.#api.asked(
        this.#api.octokit.rest.repos.getReleaseAsset(options),
      );
      return readStream(data as unknown as ReadableStream<Uint8Array>, new URL(url), maxBytes);
    }, this.#api.progress);
  }
}
