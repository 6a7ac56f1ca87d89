import { readFile, stat } from 'node:fs/promises';
import { fileSystemError, UserError } from '../../../errors.ts';
import { isMissing } from '../../../files/read.ts';
import type { Credentials } from '../../../network/request.ts';
import type { Progress } from '../../../progress.ts';
import { openIndex } from '../../index-file/open.ts';
import { readIndexes } from '../repository-indexes.ts';
import { openRepository } from '../verify/open.ts';
import type { RepositoryState } from './diff.ts';

const isUrl = (target: string) => /^[a-z][a-z\d+.-]+:\/\//i.test(target);

async function readPath(path: string): Promise<RepositoryState> {
  const status = await stat(path).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
    throw new UserError('USAGE', `${path} does not exist`, {
      next: 'Name an index file, the folder of a repository, or the URL of a live one.',
    });
  });
  if (!status.isDirectory()) return openIndex(await readFile(path), path);
  const { current, retired, problems } = await readIndexes(path);
  return { document: current, problems, ...(retired && { retired }) };
}

async function fetchState(
  url: string,
  progress: Progress,
  credentials: Credentials | undefined,
): Promise<RepositoryState> {
  const login = credentials && { credentials };
  const options = { concurrency: 1, allProvenance: false, progress, ...login };
  const { indexes } = await openRepository(url, options);
  const [index, retired] = indexes;
  if (!index) throw new Error(`${url} has no index`);
  return { ...index, ...(retired && { retired: retired.document }) };
}

/**
 * A repository as it is now.
 * @param target an index file, the folder of a repository, or the URL of a live one.
 * @param credentials a login for a live one.
 * @throws UserError USAGE, INDEX_INVALID, FILE_SYSTEM, NETWORK
 */
export async function readState(
  target: string,
  progress: Progress,
  credentials?: Credentials,
): Promise<RepositoryState> {
  if (isUrl(target)) return fetchState(target, progress, credentials);
  try {
    return await readPath(target);
  } catch (error) {
    throw fileSystemError(error, `reading ${target}`);
  }
}

/**
 * {@link readState} of two repositories, with a login for the server of the one or of both.
 * @throws UserError as there; USAGE where it is not plain which server the login is for.
 */
export async function readStates(
  targets: readonly [before: string, after: string],
  progress: Progress,
  credentials?: Credentials,
): Promise<[before: RepositoryState, after: RepositoryState]> {
  if (credentials) assertOneServer(targets);
  const [before, after] = targets;
  return [
    await readState(before, progress, credentials),
    await readState(after, progress, credentials),
  ];
}

function assertOneServer(targets: readonly string[]): void {
  const servers = new Set(targets.filter(isUrl).map((url) => URL.parse(url)?.origin));
  if (servers.size === 1) return;
  const named = servers.size === 0 ? 'none is named' : 'two are named';
  throw new UserError('USAGE', `a login is for one server, and ${named}`);
}
