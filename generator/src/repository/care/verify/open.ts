import { UserError } from '../../../errors.ts';
import type { Credentials } from '../../../network/request.ts';
import { assertSafeUrl } from '../../../network/url.ts';
import { withoutLogin } from '../../../network/without-login.ts';
import type { Progress } from '../../../progress.ts';
import { Client } from './client.ts';
import { openFolder } from './folder.ts';
import { openLive } from './live.ts';
import type { VerifiedRepository } from './repository.ts';

export interface OpenOptions {
  /** How many files of a live repository are fetched at a time. */
  concurrency: number;
  /** Look for a provenance file at every archive of a live repository. */
  allProvenance: boolean;
  /** For a live repository. */
  credentials?: Credentials;
  progress: Progress;
}

/**
 * The repository that a person means: a folder, or the URL of a live one or of its index.yaml.
 * @throws UserError USAGE, INDEX_INVALID, FILE_SYSTEM, NETWORK
 */
export async function openRepository(
  target: string,
  { credentials, ...options }: OpenOptions,
): Promise<VerifiedRepository> {
  const { progress } = options;
  if (!/^[a-z][a-z\d+.-]+:\/\//i.test(target)) return openFolder(target, progress);
  const url = URL.parse(target);
  if (url === null || /\s/.test(target))
    throw new UserError('USAGE', `${withoutLogin(target)} is no URL`);
  assertSafeUrl(url);
  progress(`fetching the index of ${withoutLogin(target)}`);
  return openLive(url, { ...options, client: new Client(url, progress, credentials) });
}
