import type { ChartArchive } from '../../archive/archive.ts';
import { RequestFailure } from '../../network/failure.ts';
import { type Progress, silent } from '../../progress.ts';
import type { PublishPlan, Store } from '../store.ts';
import { GitHubApi } from './api.ts';
import { GitHubClient } from './client.ts';
import { actionCommit, fullName, requireToken } from './environment.ts';
import { hourNotice } from './hourly-limit.ts';
import { assertProposable, indexStore } from './index-store.ts';
import { lackingArchives, onceEach } from './lacking-archives.ts';
import { removeLeftovers } from './leftovers.ts';
import { bodyOf, tagOf } from './notes.ts';
import { type Found, lookAt } from './look.ts';
import { assertTakesFiles } from './presence.ts';
import { publishRelease } from './publish-release.ts';
import { toUserError } from './refusal.ts';
import { type Servers, serversOf } from './servers.ts';
import { type GitHubTarget, parseGitHubTarget } from './target.ts';

export interface GitHubStoreOptions {
  /** Propose the change of the index by a pull request. */
  pullRequest?: boolean;
  /** GITHUB_TOKEN, GITHUB_API_URL and GITHUB_SERVER_URL, and git's; this process' where absent. */
  environment?: NodeJS.ProcessEnv;
}

/** A repository on GitHub: a release for each chart version, the index on a branch or in a release. */
export class GitHubStore implements Store {
  readonly #target: GitHubTarget;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #servers: Servers;
  readonly #repository: string;
  readonly #pullRequest: boolean;

  /**
   * @param target as {@link parseGitHubTarget} reads it.
   * @throws UserError USAGE
   */
  constructor(
    target: string,
    { environment = process.env, pullRequest = false }: GitHubStoreOptions = {},
  ) {
    this.#target = parseGitHubTarget(target);
    this.#environment = environment;
    assertProposable(this.#target, pullRequest);
    this.#pullRequest = pullRequest;
    this.#servers = serversOf(environment);
    this.#repository = `${this.#servers.server}/${fullName(this.#target)}`;
  }

  /** @throws UserError also DENIED, NETWORK, PROVENANCE_INVALID, and what the index's store throws. */
  plan(archives: readonly ChartArchive[]): Promise<PublishPlan> {
    return this.#asUserError(async () => {
      const client = this.#client(silent);
      const found = await lookAt(client, archives);
      const plan = await this.#plan(client, archives, found);
      const notice = hourNotice(lackingArchives(archives, plan));
      const more = notice === undefined ? [] : [{ message: notice }];
      return { ...plan, warnings: [...plan.warnings, ...more] };
    });
  }

  /**
   * Each release is published with its files, and the index comes last.
   * @throws UserError also DENIED, NETWORK, PROVENANCE_INVALID, and what the index's store throws.
   */
  publish(archives: readonly ChartArchive[], progress: Progress): Promise<PublishPlan> {
    return this.#asUserError(async () => {
      requireToken(this.#environment, this.#target, this.#pullRequest);
      const client = this.#client(progress);
      progress(`looking at the releases of ${this.#repository}`);
      const found = await lookAt(client, archives);
      const plan = await this.#plan(client, archives, found);
      const lacking = lackingArchives(archives, plan);
      const notice = hourNotice(lacking);
      if (notice !== undefined) progress(notice);
      await this.#release(client, lacking, found, progress);
      const { additions, pullRequest } = await this.#index(client, found).publish(
        archives,
        progress,
      );
      await removeLeftovers(client, found.presences.values());
      return { ...plan, additions, ...(pullRequest !== undefined && { pullRequest }) };
    });
  }

  #client(progress: Progress): GitHubClient {
    const { GITHUB_TOKEN: token = '' } = this.#environment;
    return new GitHubClient(new GitHubApi(this.#servers, this.#target, token, progress));
  }

  async #plan(
    client: GitHubClient,
    archives: readonly ChartArchive[],
    found: Found,
  ): Promise<PublishPlan> {
    const plan = await this.#index(client, found).plan(archives);
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
    const commit = actionCommit(this.#environment, this.#target);
    for (const archive of archives) {
      const release = {
        archive,
        body: bodyOf(archive, all),
        ...(commit !== undefined && { commit }),
      };
      presences.set(archive.fileName, await publishRelease(client, release, progress));
    }
  }

  #index(client: GitHubClient, { presences }: Found): Store {
    return indexStore(this.#target, presences, {
      url: this.#repository,
      client,
      pullRequest: this.#pullRequest,
      environment: this.#environment,
    });
  }

  async #asUserError<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof RequestFailure ? toUserError(error, fullName(this.#target)) : error;
    }
  }
}
