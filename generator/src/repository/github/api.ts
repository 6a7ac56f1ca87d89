import type { Octokit } from '@octokit/rest';
import { RequestError } from '@octokit/request-error';
import { RequestFailure } from '../../network/failure.ts';
import type { Progress } from '../../progress.ts';
import { createOctokit } from './octokit.ts';
import { failureOf } from './refusal.ts';
import type { Servers } from './servers.ts';

/** A repository by the names that GitHub knows it by. */
export interface RepositoryName {
  owner: string;
  repo: string;
}

/** GitHub's API for one repository. */
export class GitHubApi {
  /** The repository, as the API names it. */
  readonly url: URL;
  readonly octokit: Octokit;
  readonly place: RepositoryName;
  readonly progress: Progress;
  readonly #token: string;

  /** @param token empty where there is none. */
  constructor(
    { api }: Servers,
    { owner, repo }: RepositoryName,
    token: string,
    progress: Progress,
  ) {
    this.url = new URL(`${api}/repos/${owner}/${repo}`);
    this.octokit = createOctokit(api, token, progress);
    this.place = { owner, repo };
    this.progress = progress;
    this.#token = token;
  }

  /** The answer to a request of Octokit's. @throws RequestFailure */
  async asked<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      throw error instanceof RequestError ? failureOf(error, this.#token) : error;
    }
  }

  /** The same, undefined for what is not there. @throws RequestFailure */
  async ifFound<T>(answer: Promise<T>): Promise<T | undefined> {
    try {
      return await this.asked(answer);
    } catch (error) {
      if (error instanceof RequestFailure && error.status === 404) return undefined;
      throw error;
    }
  }
}
