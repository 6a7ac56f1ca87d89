import type { ChartArchive } from '../archive/archive.ts';
import { parseVersion } from '../archive/version.ts';
import { UserError } from '../errors.ts';
import { withoutLogin } from '../network/without-login.ts';
import type { Progress } from '../progress.ts';
import type { IndexDocument } from '../repository/index-file/types.ts';
import { parseVersionRange } from './version-range.ts';

/** A chart to get. */
export interface Wanted {
  name: string;
  repository: string;
  /** A range of versions. */
  version: string;
}

/** What getting charts needs. */
export interface FetchOptions {
  /** The folder of the chart that wants them; `file://` paths are relative to it. */
  chart: string;
  /** Talk to OCI registries without TLS; for those on this machine only. */
  plainHttp: boolean;
  progress: Progress;
  /** Indexes of repositories by URL, so that each is fetched once. */
  indexes: Map<string, Promise<IndexDocument>>;
}

/** Gets a chart from a place of one kind. */
export type Source = (wanted: Wanted, options: FetchOptions) => Promise<ChartArchive>;

/** Does a version lie in the range that is wanted? */
export function isWanted(version: string, { version: range }: Wanted): boolean {
  const parsed = parseVersion(version);
  return parsed !== undefined && parseVersionRange(range)?.(parsed) === true;
}

/** The error of a dependency that cannot be had. */
export function unavailable(wanted: Wanted, message: string, next?: string): UserError {
  const { name, version, repository } = wanted;
  const range = version === '' ? '' : ` ${version}`;
  const from = repository === '' ? '' : ` from ${withoutLogin(repository)}`;
  return new UserError('DEPENDENCIES_INVALID', `dependency ${name}${range}${from}: ${message}`, {
    next: next ?? 'Check its name, version and repository in Chart.yaml.',
  });
}
