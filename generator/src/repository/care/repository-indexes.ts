import { join } from 'node:path';
import { type Problem, UserError } from '../../errors.ts';
import { requireFolder } from '../../files/folder.ts';
import { INDEX_FILE, readDirectoryIndex } from '../directory/directory-index.ts';
import type { IndexDocument } from '../index-file/types.ts';
import { readRetiredIndex } from '../retired-index.ts';

/** The indexes of a folder. */
export interface RepositoryIndexes {
  current: IndexDocument;
  /** Undefined where nothing is retired. */
  retired: IndexDocument | undefined;
}

/**
 * Reads the indexes of a folder.
 * @returns `problems` are those of the current index.
 * @throws UserError USAGE where there is no folder or no index, INDEX_INVALID, FILE_SYSTEM
 */
export async function readIndexes(
  directory: string,
): Promise<RepositoryIndexes & { problems: readonly Problem[] }> {
  requireFolder(directory, 'Name the folder of a repository.');
  const { document, problems, exists } = await readDirectoryIndex(directory);
  if (!exists)
    throw new UserError('USAGE', `${join(directory, INDEX_FILE)} does not exist`, {
      next: 'Name the folder of a repository, or make its index with `spark-charts repo index`.',
    });
  return { current: document, retired: await readRetiredIndex(directory), problems };
}
