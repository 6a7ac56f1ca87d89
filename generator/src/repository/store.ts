import type { ChartArchive } from '../archive/archive.ts';
import type { Problem } from '../errors.ts';
import type { Progress } from '../progress.ts';
import type { IndexEntry } from './index-file/types.ts';

/** A chart version in a plan. */
export interface PlannedArchive {
  name: string;
  version: string;
  fileName: string;
  digest: string;
  size: number;
}

/** A version that is published with other bytes, which are replaced. */
export interface PlannedOverwrite extends PlannedArchive {
  /** SHA-256 of the archive that is published now, plain hex; null for one that is listed without. */
  replaces: string | null;
  /** Is its provenance, which does not vouch for the new bytes, taken away with it? */
  losesProvenance: boolean;
}

/** What publishing does to a store, before it is done. */
export interface PublishPlan {
  /** Archives whose bytes are not there yet. */
  uploads: PlannedArchive[];
  /** What the index gains. */
  additions: IndexEntry[];
  /** Versions that get other bytes; none where that is not allowed. */
  overwrites: PlannedOverwrite[];
  /** Versions that are there already with the same bytes. */
  unchanged: PlannedArchive[];
  /** Names of the provenance files that are written. */
  provenance: string[];
  /** Names of the SBOM files that are attached. */
  sboms: string[];
  /**
   * What was found wrong in the index that is there, and versions that are retired, which all stays
   * as it is; what clients will see of overwritten versions.
   */
  warnings: Problem[];
  /** Where all this is proposed, in place of having been done: the URL of a pull request. */
  pullRequest?: string;
}

/** A place that charts are published to. Publishing the same archives again changes nothing. */
export interface Store {
  /**
   * What {@link Store.publish} would do now; changes nothing.
   * @throws UserError VERSION_EXISTS for every version that is there with other bytes, unless it may
   *   be overwritten.
   */
  plan(archives: readonly ChartArchive[]): Promise<PublishPlan>;
  /**
   * Plans, uploads archives, checks them, writes the index last and checks it. Stopped anywhere and
   * run again it ends in the same state.
   * @throws UserError VERSION_EXISTS before anything is written.
   */
  publish(archives: readonly ChartArchive[], progress: Progress): Promise<PublishPlan>;
}
