import type { ChartArchive } from '../../archive/archive.ts';
import { UserError } from '../../errors.ts';
import { RequestFailure } from '../../network/failure.ts';
import { type Progress, silent } from '../../progress.ts';
import { GitStore } from '../git/git-store.ts';
import type { PublishPlan, Store } from '../store.ts';
import { GitHubClient } from './client.ts';
import { lackingArchives, onceEach } from './lacking-archives.ts';
import { removeLeftovers } from './leftovers.ts';
import { bodyOf, tagOf } from './notes.ts';
import { type Found, lookAt } from './look.ts';
import { assertTakesFiles } from './presence.ts';
import { publishRelease } from './publish-release.ts';
import { toUserError } from './refusal.ts';
import { ReleaseIndex } from './release-index.ts';
import { type Servers, serversOf } from './servers.ts';
import { type GitHubTarget, parseGitHubTarget } from './target.ts';

export interface GitHubStoreOptions {
  /** GITHUB_TOKEN, GITHUB_API_URL and GITHUB_SERVER_URL, and git's; this process' where absent. */
  environment?: NodeJS.ProcessEnv;
}

/** A repository on GitHub: a release for each chart version, the index on the branch of its pages. */
export class GitHubStore implements Store {
  readonly #target: GitHubTarget;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #servers: Servers;
  readonly #repository: string;

  /**
   * @param target as {@link parseGitHubTarget} reads it.
   * @throws UserError USAGE
   */
  constructor(target: string, { environment = process.env }: GitHubStoreOptions = {}) {
    this.#target = parseGitHubTarget(target);
    this.#environment = environment;
    this.#servers = serversOf(environment);
    this.#repository = `${this.#servers.server}/${this.#name()}`;
  }

  /** @throws UserError also DENIED, NETWORK, PROVENANCE_INVALID, and what {@link GitStore.plan} throws. */
  plan(archives: readonly ChartArchive[]): Promise<PublishPlan> {
    return this.#asUserError(async () => {
      const client = this.#client(silent);
      const found = await lookAt(client, archives);
      return this.#plan(archives, found);
    });
  }

  /**
   * Each release is published with its files, and the index comes last.
   * @throws UserError also DENIED, NETWORK, PROVENANCE_INVALID, and what {@link GitStore.publish} throws.
   */
  publish(archives: readonly ChartArchive[], progress: Progress): Promise<PublishPlan> {
    return this.#asUserError(async () => {
      this.#requireToken();
      const client = this.#client(progress);
      progress(`looking at the releases of ${this.#repository}`);
      const found = await lookAt(client, archives);
      const plan = await this.#plan(archives, found);
      await this.#release(client, lackingArchives(archives, plan), found, progress);
      const { additions } = await this.#index(found).publish(archives, progress);
      await removeLeftovers(client, found.presences.values());
      return { ...plan, additions };
    });
  }

  #client(progress: Progress): GitHubClient {
    const { GITHUB_TOKEN: token = '' } = this.#environment;
    return new GitHubClient(this.#servers.api, this.#target, token, progress);
  }

  async #plan(archives: readonly ChartArchive[], found: Found): Promise<PublishPlan> {
    const plan = await this.#index(found).plan(archives);
    for (const archive of onceEach(archives)) {
      const presence = found.presences.get(archive.fileName);
      if (presence) assertTakesFiles(archive, presence);
    }
    return plan;
  }

  async #release(
    client: GitHubClient,
    archives: readonly ChartArchive[],
    { tags, presences }: Found,
    progress: Progress,
  ): Promise<void> {
    // Those of this run too, so that the notes do not depend on where an earlier one was stopped.
    const all = new Set([...tags, ...archives.map(tagOf)]);
    const commit = this.#commit();
    for (const archive of archives) {
      const release = {
        archive,
        body: bodyOf(archive, all),
        ...(commit !== undefined && { commit }),
      };
      presences.set(archive.fileName, await publishRelease(client, release, progress));
    }
  }

  /** The index, whose folder is that of the branch in a copy. */
  #index({ presences }: Found): GitStore {
    const { branch } = this.#target;
    const downloads = new URL(`${this.#repository}/releases/download`);
    return new GitStore(`git+${this.#repository}.git#${branch}`, {
      environment: this.#environment,
      storeIn: (directory) => new ReleaseIndex(directory, downloads, presences),
    });
  }

  /** What an action runs on, where that is this repository. */
  #commit(): string | undefined {
    const { GITHUB_REPOSITORY: repository = '', GITHUB_SHA: commit = '' } = this.#environment;
    const isHere = repository.toLowerCase() === this.#name().toLowerCase();
    return isHere && commit !== '' ? commit : undefined;
  }

  #requireToken(): void {
    if ((this.#environment.GITHUB_TOKEN ?? '') !== '') return;
    throw new UserError('DENIED', 'GITHUB_TOKEN is not set, and only who has one may release', {
      next: `Set it to a token with the permission \`contents: write\` on ${this.#name()}.`,
    });
  }

  #name(): string {
    return `${this.#target.owner}/${this.#target.repo}`;
  }

  async #asUserError<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof RequestFailure ? toUserError(error, this.#name()) : error;
    }
  }
}
