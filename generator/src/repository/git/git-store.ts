import type { ChartArchive } from '../../archive/archive.ts';
import { UserError } from '../../errors.ts';
import type { Progress } from '../../progress.ts';
import { DirectoryStore, type DirectoryStoreOptions } from '../directory/directory-store.ts';
import { renamedProblem } from '../renamed.ts';
import type { PublishPlan, Store } from '../store.ts';
import { parseBaseUrl } from '../url.ts';
import { commitMessage } from './commit-message.ts';
import { onBranch, type OpenBranch } from './on-branch.ts';
import { proposalBranch } from './proposal-text.ts';
import type { Proposals } from './proposals.ts';
import { assertProposable, propose } from './propose.ts';
import { filesFor, newFiles } from './published-files.ts';
import { type GitTarget, nameOfTarget, parseGitTarget } from './target.ts';
import { takeTurns } from './turns.ts';

export interface GitStoreOptions extends DirectoryStoreOptions {
  /** Where git finds its configuration, logins and whose commits are; this process' where absent. */
  environment?: NodeJS.ProcessEnv;
  /** What writes the folder on the branch, if not {@link DirectoryStore}. */
  storeIn?: (directory: string) => Store;
  /** Where changes are proposed, in place of being pushed to the branch. */
  proposals?: Proposals;
}

/** A branch of a remote git repository as a chart repository, such as GitHub serves as pages. */
export class GitStore implements Store {
  readonly #target: GitTarget;
  readonly #storeIn: (directory: string) => Store;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #proposals: Proposals | undefined;
  readonly #url: string | undefined;

  /**
   * @param target as {@link parseGitTarget} reads it.
   * @throws UserError USAGE
   */
  constructor(
    target: string,
    { environment = process.env, storeIn, proposals, ...options }: GitStoreOptions = {},
  ) {
    this.#target = parseGitTarget(target);
    this.#storeIn = storeIn ?? ((directory) => new DirectoryStore(directory, options));
    this.#environment = environment;
    this.#proposals = proposals;
    this.#url = options.url;
    // Else that would be said only once the branch is fetched.
    if (options.url !== undefined) parseBaseUrl(options.url);
  }

  /** @throws UserError also NETWORK, DENIED, TOOL_MISSING, TOOL_FAILED */
  plan(archives: readonly ChartArchive[]): Promise<PublishPlan> {
    return this.#onBranch(archives, (branch) => this.#plan(branch, archives));
  }

  /**
   * All changes of one run are one commit, pushed without force: what others have pushed meanwhile
   * is fetched, and the charts are added to that.
   * @throws UserError also NETWORK, DENIED, BUSY, SIGNING_FAILED, TOOL_MISSING, TOOL_FAILED
   */
  publish(archives: readonly ChartArchive[], progress: Progress): Promise<PublishPlan> {
    return this.#onBranch(archives, async (branch) => {
      this.#proposals?.assertAllowed();
      const plan = this.#proposals
        ? await this.#propose(branch, archives, this.#proposals, progress)
        : await this.#push(branch, archives, progress);
      return named(plan, branch);
    });
  }

  #onBranch<T>(
    archives: readonly ChartArchive[],
    use: (branch: OpenBranch) => Promise<T>,
  ): Promise<T> {
    return onBranch(this.#target, filesFor(archives), this.#environment, use);
  }

  async #plan(branch: OpenBranch, archives: readonly ChartArchive[]): Promise<PublishPlan> {
    await branch.copy.refresh();
    if (this.#proposals) assertProposable(branch.copy, this.#target);
    return named(await this.#storeIn(branch.directory).plan(archives), branch);
  }

  #propose(
    { copy, directory }: OpenBranch,
    archives: readonly ChartArchive[],
    proposals: Proposals,
    progress: Progress,
  ): Promise<PublishPlan> {
    const branch = proposalBranch(this.#target, archives, this.#url);
    const change = {
      target: this.#target,
      copy,
      store: this.#storeIn(directory),
      archives,
      branch,
    };
    return propose(change, proposals, progress);
  }

  async #push(
    branch: OpenBranch,
    archives: readonly ChartArchive[],
    progress: Progress,
  ): Promise<PublishPlan> {
    const name = nameOfTarget(this.#target);
    let plan: PublishPlan | undefined;
    const attempt = async () => {
      progress(`fetching ${name}`);
      await branch.copy.refresh();
      // An earlier push has come through, and only its answer was lost.
      if (plan && branch.copy.isAtOwnCommit) return plan;
      plan = await this.#storeIn(branch.directory).publish(archives, progress);
      const files = newFiles(plan);
      if (files.length > 0) {
        progress(`pushing to ${name}`);
        await branch.copy.push(await branch.copy.commit(commitMessage(files)));
      }
      return plan;
    };
    const done = await takeTurns(attempt, progress);
    if (newFiles(done).length > 0) {
      progress(`checking ${name}`);
      await takeTurns(() => this.#check(branch, archives), progress);
    }
    return done;
  }

  /** Reads back what the branch now has. */
  async #check(branch: OpenBranch, archives: readonly ChartArchive[]): Promise<void> {
    const lacking = newFiles(await this.#plan(branch, archives));
    if (lacking.length === 0) return;
    throw new UserError(
      'TOOL_FAILED',
      `${nameOfTarget(this.#target)} does not have all that was pushed to it`,
      {
        problems: lacking.map((file) => ({ message: 'is missing or not listed', file })),
        next: 'See who else changed the branch, and run it again.',
      },
    );
  }
}

/** A plan that names files as those of the branch. */
function named(plan: PublishPlan, { rename }: OpenBranch): PublishPlan {
  return { ...plan, warnings: plan.warnings.map((warning) => renamedProblem(warning, rename)) };
}
