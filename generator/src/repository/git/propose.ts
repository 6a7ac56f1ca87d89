import type { ChartArchive } from '../../archive/archive.ts';
import { UserError } from '../../errors.ts';
import type { Progress } from '../../progress.ts';
import type { PublishPlan, Store } from '../store.ts';
import type { BranchCopy } from './branch-copy.ts';
import { commitMessage } from './commit-message.ts';
import { proposalBody } from './proposal-text.ts';
import type { Proposals } from './proposals.ts';
import { newFiles } from './published-files.ts';
import { type GitTarget, nameOfTarget } from './target.ts';
import { takeTurns } from './turns.ts';

/** What is proposed for what. */
export interface ProposedChange {
  target: GitTarget;
  copy: BranchCopy;
  /** What writes the folder of the copy. */
  store: Store;
  archives: readonly ChartArchive[];
  /** The branch of our own that holds the change. */
  branch: string;
}

/** @throws UserError USAGE where there is no branch that a change could be proposed for. */
export function assertProposable({ exists }: BranchCopy, target: GitTarget): void {
  if (exists) return;
  throw new UserError(
    'USAGE',
    `${nameOfTarget(target)} is not there, and a pull request needs a branch to go to`,
    {
      next: 'Publish there once without --pull-request, which makes the branch, or push an empty one.',
    },
  );
}

/**
 * Proposes archives by a branch of our own, without touching that of the target.
 * @returns what the target lacks; with the proposal, where that is anything.
 * @throws GitFailure; UserError of the store and of the proposals, USAGE, TOOL_FAILED
 */
export async function propose(
  change: ProposedChange,
  proposals: Proposals,
  progress: Progress,
): Promise<PublishPlan> {
  const { target, branch } = change;
  const plan = await takeTurns(() => pushChange(change, progress), progress);
  const files = newFiles(plan);
  if (files.length === 0) return plan;
  progress(`checking ${branch}`);
  if (!(await takeTurns(() => isComplete(change), progress)))
    throw new UserError('TOOL_FAILED', `${branch} does not have all that was pushed to it`, {
      next: 'See who else changed that branch, and run it again.',
    });
  const [title = ''] = commitMessage(files).split('\n');
  const proposal = { base: target.branch, branch, title, body: proposalBody(plan) };
  return { ...plan, pullRequest: await proposals.propose(proposal, progress) };
}

/**
 * Has our branch hold the change. It is made anew where the target has moved on since, else it stays:
 * people may have looked at it by now.
 */
async function pushChange(change: ProposedChange, progress: Progress): Promise<PublishPlan> {
  const { target, copy, store, archives, branch } = change;
  progress(`fetching ${nameOfTarget(target)}`);
  await copy.refresh();
  assertProposable(copy, target);
  const plan = await store.plan(archives);
  const files = newFiles(plan);
  if (files.length === 0) return plan;
  const seen = await copy.remoteCommit(branch);
  if (seen !== undefined && (await isComplete(change)) && (await copy.isNext(seen))) return plan;
  await copy.checkOut();
  await store.publish(archives, progress);
  progress(`pushing to ${branch}`);
  await copy.replace(branch, await copy.commit(commitMessage(files)), seen);
  return plan;
}

/** Does our branch hold all of the change? */
async function isComplete({ copy, store, archives, branch }: ProposedChange): Promise<boolean> {
  await copy.checkOut(await copy.fetch(branch));
  return newFiles(await store.plan(archives)).length === 0;
}
