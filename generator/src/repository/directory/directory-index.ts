import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileSystemError, UserError } from '../../errors.ts';
import { makeFolder } from '../../files/folder.ts';
import { lockOf, withLock } from '../../files/lock.ts';
import { removeUnfinished, replaceFile } from '../../files/replace-file.ts';
import { readSnapshot, type Snapshot } from '../../files/snapshot.ts';
import type { Progress } from '../../progress.ts';
import { emptyIndex, trustIndex } from '../index-file/document.ts';
import { editIndex } from '../index-file/edit.ts';
import { timestamp } from '../index-file/entry.ts';
import { type OpenedIndex, openIndex, rememberEdited } from '../index-file/open.ts';
import type { IndexDocument, IndexEdit } from '../index-file/types.ts';
import { hasJson, writeJson } from './json-index.ts';

export const INDEX_FILE = 'index.yaml';
const WAIT_MILLISECONDS = 60_000;
/** How often an index may change under our hands. */
const ATTEMPTS = 10;
const PAUSE_MILLISECONDS = 20;

/**
 * Runs `work` while no other process of ours changes the repository in a folder.
 * @throws UserError BUSY when another process does for a minute; system errors.
 */
export function withDirectoryLock<T>(
  directory: string,
  progress: Progress,
  work: () => Promise<T>,
): Promise<T> {
  const options = { progress, busy: 'is publishing there', waitMilliseconds: WAIT_MILLISECONDS };
  return withLock(lockOf(directory), options, () => {
    removeUnfinished(directory);
    return work();
  });
}

/** An index in a folder. */
export interface DirectoryIndex extends OpenedIndex {
  /** False where there is no file yet; the document is then an empty one. */
  exists: boolean;
}

function newIndex(path: string): IndexDocument {
  const generated = { kind: 'head', field: 'generated', value: timestamp() } as const;
  return trustIndex(editIndex(emptyIndex(path), [generated]), path);
}

async function open({ bytes }: Snapshot, path: string): Promise<DirectoryIndex> {
  if (bytes) return { ...(await openIndex(bytes, path)), exists: true };
  return { document: newIndex(path), problems: [], listed: new Set(), exists: false };
}

/**
 * An index of a folder, an empty one where there is none.
 * @param file path in the folder.
 * @throws UserError INDEX_INVALID, FILE_SYSTEM
 */
export async function readDirectoryIndex(
  directory: string,
  file: string = INDEX_FILE,
): Promise<DirectoryIndex> {
  const path = join(directory, file);
  try {
    return await open(readSnapshot(path), path);
  } catch (error) {
    throw fileSystemError(error, `reading ${path}`);
  }
}

/**
 * Changes an index of a folder; to be called under the folder's lock. Where a program that does not
 * know the lock has changed the file meanwhile, such as Helm, all is done again with the new one.
 * @param file path in the folder.
 * @param edit what to change, asked anew for each file that was found; nothing: the file stays.
 * @returns whether the file was written.
 * @throws UserError INDEX_INVALID, FILE_SYSTEM; BUSY when the file does not stop changing; what `edit` throws.
 */
export async function updateDirectoryIndex(
  directory: string,
  file: string,
  edit: (index: DirectoryIndex) => readonly IndexEdit[] | Promise<readonly IndexEdit[]>,
): Promise<boolean> {
  const path = join(directory, file);
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const snapshot = readSnapshot(path);
      const index = await open(snapshot, path);
      const edits = await edit(index);
      if (edits.length === 0) return false;
      const bytes = editIndex(index.document, edits);
      makeFolder(dirname(path));
      // First, so that a run that is stopped in between has something to do again.
      if (hasJson(path)) writeJson(path, trustIndex(bytes, path));
      if (replaceFile(path, bytes, snapshot.isCurrent)) {
        await rememberEdited(index, edits, bytes);
        return true;
      }
      await sleep(PAUSE_MILLISECONDS * Math.random());
    }
  } catch (error) {
    throw fileSystemError(error, `writing ${path}`);
  }
  throw new UserError('BUSY', `${path} was changed by another program each time it was written`, {
    next: 'Try again when that program, one that does not use .lock, is done.',
  });
}
