import { resolve } from 'node:path';
import { isMapping } from '../../json-object.ts';
import { fileSystemError, type Problem, UserError } from '../../errors.ts';
import { readIfPresent } from '../../files/read.ts';
import { findEntries } from '../index-file/entry.ts';
import { mergeEdits } from '../index-file/merge.ts';
import { openIndex } from '../index-file/open.ts';
import type { CheckedIndex, IndexDocument, IndexEdit } from '../index-file/types.ts';
import { INDEX_FILE } from './directory-index.ts';
import type { ListedVersion } from './index-result.ts';

/** What an index gains from another one. */
export interface Merge {
  edits: IndexEdit[];
  merged: ListedVersion[];
  /** Versions that are not taken over. */
  warnings: Problem[];
}

/**
 * The index that is to be taken over; undefined where it is the folder's own and not there yet.
 * @throws UserError USAGE where there is no such file, INDEX_INVALID, FILE_SYSTEM
 */
export async function readMerge(
  file: string,
  directory: string,
): Promise<CheckedIndex | undefined> {
  const content = await readIfPresent(file).catch((error: unknown) => {
    throw fileSystemError(error, `reading ${file}`);
  });
  if (content) return openIndex(content, file);
  // Helm is mostly called with the folder's own index, which the first time is not there.
  if (resolve(file) === resolve(directory, INDEX_FILE)) return undefined;
  // Helm makes an empty file; a typing error would then drop every published version.
  throw new UserError('USAGE', `${file} does not exist`, {
    next: 'Leave --merge out where there is no index to take over.',
  });
}

/**
 * What an index lacks of another one, but for what was retired.
 * @param retired the index of retired versions, where there is one.
 */
export function planMerge(
  document: IndexDocument,
  other: IndexDocument,
  retired: IndexDocument | undefined,
): Merge {
  const merge: Merge = { edits: [], merged: [], warnings: [] };
  for (const edit of mergeEdits(document, other)) {
    const listed = edit.kind === 'add' ? listedVersion(edit.chart, edit.entry) : undefined;
    const isRetired =
      listed && retired && findEntries(retired, listed.name, listed.version).length > 0;
    if (isRetired === true) merge.warnings.push(retiredWarning(listed, other.file));
    else {
      merge.edits.push(edit);
      if (listed) merge.merged.push(listed);
    }
  }
  return merge;
}

function listedVersion(name: string, entry: unknown): ListedVersion {
  const version = isMapping(entry) ? entry.version : undefined;
  return { name, version: typeof version === 'string' ? version : '' };
}

function retiredWarning({ name, version }: ListedVersion, file: string): Problem {
  return { message: `${name} ${version} is retired here and not taken over`, file };
}
