import { readFile, stat } from 'node:fs/promises';
import { fileSystemError, UserError } from '../../../errors.ts';
import { isMissing } from '../../../files/read.ts';
import type { Progress } from '../../../progress.ts';
import { openIndex } from '../../index-file/open.ts';
import { readIndexes } from '../repository-indexes.ts';
import { openRepository } from '../verify/open.ts';
import type { RepositoryState } from './diff.ts';

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

async function fetchState(url: string, progress: Progress): Promise<RepositoryState> {
  const options = { concurrency: 1, allProvenance: false, progress };
  const { indexes } = await openRepository(url, options);
  const [index, retired] = indexes;
  if (!index) throw new Error(`${url} has no index`);
  return { ...index, ...(retired && { retired: retired.document }) };
}

/**
 * A repository as it is now.
 * @param target an index file, the folder of a repository, or the URL of a live one.
 * @throws UserError USAGE, INDEX_INVALID, FILE_SYSTEM, NETWORK
 */
export async function readState(target: string, progress: Progress): Promise<RepositoryState> {
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(target)) return fetchState(target, progress);
  try {
    return await readPath(target);
  } catch (error) {
    throw fileSystemError(error, `reading ${target}`);
  }
}
