import type { ArchiveInfo } from '../../../archive/archive.ts';
import type { VerifiedIndex } from './claim.ts';
import type { VerifyRule } from './finding.ts';

/** Why there is no archive to check. */
export interface Obstacle {
  rule: Extract<VerifyRule, 'missing-archive' | 'invalid-archive' | 'unchecked-archive'>;
  reason: string;
  hint?: string;
}

/** Where the archive of an entry is; places are plain names, of files or URLs. */
export type Location = { place: string } | Obstacle;

/** What is at a place. */
export type Reading = { archive: ArchiveInfo } | Obstacle;

/** A repository that is verified. */
export interface VerifiedRepository {
  /** Its folder or URL, without a login. */
  readonly name: string;
  /** index.yaml, and the index of retired versions where there is one. */
  readonly indexes: readonly VerifiedIndex[];
  /** @param index path of the index that holds the URL. */
  locate(url: string, index: string): Location;
  /**
   * Reads archives anew, whatever is known from before, and gives each to `use`; none is kept.
   * @throws UserError FILE_SYSTEM, NETWORK, TOOL_MISSING, and what `use` throws.
   */
  readArchives(
    places: readonly string[],
    use: (place: string, reading: Reading) => Promise<void>,
  ): Promise<void>;
  /**
   * The provenance file of an archive, undefined where there is none.
   * @param newest the place of the chart's newest archive.
   * @throws UserError FILE_SYSTEM, NETWORK
   */
  readProvenance(place: string, newest: string): Promise<Uint8Array | undefined>;
  /** Files that are none of the named archives, nor the provenance of one; none where nobody can tell. */
  findOrphans(named: ReadonlySet<string>): string[];
}
