import type { Progress } from '../../progress.ts';

/** A change of a branch that people are to agree to. */
export interface Proposal {
  /** The branch that is to change. */
  base: string;
  /** One that has the change as its last commit. */
  branch: string;
  title: string;
  /** Markdown. */
  body: string;
}

/** A place where changes are proposed, such as GitHub's pull requests. */
export interface Proposals {
  /**
   * Refuses what can never be proposed, before anything is written.
   * @throws UserError DENIED
   */
  assertAllowed(): void;
  /**
   * Proposes a change, or brings the open proposal of its branch up to date.
   * @returns where people find it.
   * @throws UserError DENIED, NETWORK
   */
  propose(proposal: Proposal, progress: Progress): Promise<string>;
}
