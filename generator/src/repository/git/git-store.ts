import type { ChartArchive } from '../../archive/archive.ts';
import { UserError } from '../../errors.ts';
import type { Progress } from '../../progress.ts';
import { provenanceName } from '../../provenance/provenance-file.ts';
import { INDEX_FILE } from '../directory/directory-index.ts';
import { DirectoryStore, type DirectoryStoreOptions } from '../directory/directory-store.ts';
import { jsonBeside } from '../directory/json-index.ts';
import { RETIRED_INDEX } from '../retired-index.ts';
import type { PublishPlan, Store } from '../store.ts';
import { parseBaseUrl } from '../url.ts';
import { commitMessage } from './commit-message.ts';
import { onBranch, renamedProblem, type OpenBranch } from './on-branch.ts';
import { type GitTarget, nameOfTarget, parseGitTarget } from './target.ts';
import { takeTurns } from './turns.ts';

export interface GitStoreOptions extends DirectoryStoreOptions {
  /** Where git finds its configuration, logins and whose commits are; this process' where absent. */
  environment?: NodeJS.ProcessEnv;
  /** What writes the folder on the branch, if not {@link DirectoryStore}. */
  storeIn?: (directory: string) => Store;
}

/** The files that publishing looks at or writes. */
function filesFor(archives: readonly ChartArchive[]): string[] {
  const indexes = [INDEX_FILE, RETIRED_INDEX].flatMap((file) => [file, jsonBeside(file)]);
  const names = archives.map(({ fileName }) => fileName);
  return [...indexes, ...names, ...names.map(provenanceName)];
}

/** The files that a plan brings or lists. */
function newFiles({ uploads, additions, provenance }: PublishPlan): string[] {
  const listed = additions.map(({ name, version }) => `${name}-${version}.tgz`);
  return [...new Set([...listed, ...uploads.map(({ fileName }) => fileName), ...provenance])];
}

/** A branch of a remote git repository as a chart repository, such as GitHub serves as pages. */
export class GitStore implements Store {
  readonly #target: GitTarget;
  readonly #storeIn: (directory: string) => Store;
  readonly #environment: NodeJS.ProcessEnv;

  /**
   * @param target as {@link parseGitTarget} reads it.
   * @throws UserError USAGE
   */
  constructor(
    target: string,
    { environment = process.env, storeIn, ...options }: GitStoreOptions = {},
  ) {
    this.#target = parseGitTarget(target);
    this.#storeIn = storeIn ?? ((directory) => new DirectoryStore(directory, options));
    this.#environment = environment;
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
      const plan = await takeTurns(() => this.#push(branch, archives, progress), progress);
      if (newFiles(plan).length > 0) {
        progress(`checking ${nameOfTarget(this.#target)}`);
        await takeTurns(() => this.#check(branch, archives), progress);
      }
      return plan;
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
    return named(await this.#storeIn(branch.directory).plan(archives), branch);
  }

  async #push(
    branch: OpenBranch,
    archives: readonly ChartArchive[],
    progress: Progress,
  ): Promise<PublishPlan> {
    const name = nameOfTarget(this.#target);
    progress(`fetching ${name}`);
    await branch.copy.refresh();
    const plan = await this.#storeIn(branch.directory).publish(archives, progress);
    const files = newFiles(plan);
    if (files.length > 0) {
      progress(`pushing to ${name}`);
      await branch.copy.push(commitMessage(files));
    }
    return named(plan, branch);
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
