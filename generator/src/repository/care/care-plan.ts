import { join } from 'node:path';
import { fileSystemError } from '../../errors.ts';
import { requireFolder } from '../../files/folder.ts';
import type { Progress } from '../../progress.ts';
import {
  INDEX_FILE,
  updateDirectoryIndex,
  withDirectoryLock,
} from '../directory/directory-index.ts';
import type { IndexDocument, IndexEdit } from '../index-file/types.ts';
import { readIndexes, type RepositoryIndexes } from './repository-indexes.ts';

/** A change of one index of a folder. */
export interface IndexUpdate {
  /** Path in the folder. */
  file: string;
  /** What to change; asked again when another program has changed the file meanwhile. */
  edits: (document: IndexDocument) => readonly IndexEdit[];
}

/** What is to be done to the indexes of a folder. */
export interface CarePlan<Result> {
  /** What the plan comes to, for people. */
  result: Result;
  /** One after the other. */
  updates: readonly IndexUpdate[];
}

export interface CareOptions {
  progress: Progress;
  /** Only plans. */
  dryRun?: boolean;
}

/**
 * Plans a change of the indexes of a folder and, but for a dry run, carries it out, both under the
 * folder's lock. Stopped between two updates and run again it ends in the same state.
 * @throws UserError USAGE, INDEX_INVALID, FILE_SYSTEM, BUSY; what `plan` throws.
 */
export async function careFor<Result>(
  directory: string,
  { progress, dryRun = false }: CareOptions,
  plan: (indexes: RepositoryIndexes) => CarePlan<Result>,
): Promise<Result> {
  if (dryRun) return plan(await readIndexes(directory)).result;
  try {
    requireFolder(directory, 'Name the folder of a repository.');
    return await withDirectoryLock(directory, progress, async () => {
      const { result, updates } = plan(await readIndexes(directory));
      for (const { file, edits } of updates)
        await updateDirectoryIndex(directory, file, ({ document }) => edits(document));
      return result;
    });
  } catch (error) {
    throw fileSystemError(error, `changing ${join(directory, INDEX_FILE)}`);
  }
}
