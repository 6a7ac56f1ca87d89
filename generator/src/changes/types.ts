import type { Problem } from '../errors.ts';

/** A chart that is to be worked on, and why. */
export interface ChangedChart {
  /** Its folder, as it was given. */
  chart: string;
  reason: string;
}

/** Which charts changed since some time. */
export interface ChangeReport {
  /** What they were compared with: a commit, or a repository. */
  since: string;
  changed: ChangedChart[];
  /** Folders of charts whose archives are as they were. */
  unchanged: string[];
  /** Folders that held charts then and hold none now, by their path in the repository. */
  removed: string[];
  /** Charts that changed but bear the version they had. */
  warnings: Problem[];
}
