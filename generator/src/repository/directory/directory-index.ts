import { type BigIntStats, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileSystemError, UserError } from '../../errors.ts';
import type { Content } from '../../files/content.ts';
import { movedStatus } from '../../files/file-status.ts';
import { makeFolder } from '../../files/folder.ts';
import { lockOf, withLock } from '../../files/lock.ts';
import { removeUnfinished, replaceFile } from '../../files/replace-file.ts';
import { readSnapshot } from '../../files/snapshot.ts';
import type { Progress } from '../../progress.ts';
import { trustIndex } from '../index-file/document.ts';
import type { OpenedIndex } from '../index-file/open.ts';
import type { IndexEdit } from '../index-file/types.ts';
import { openEditable, openSnapshot } from './editable-index.ts';
import { hasJson, writeJson } from './json-index.ts';

export const INDEX_FILE = 'index.yaml';
const WAIT_MILLISECONDS = 60_000;
/** How often an index may change under our hands. */
const ATTEMPTS = 10;
const PAUSE_MILLISECONDS = 20;

/** An index in a folder. */
export interface DirectoryIndex extends OpenedIndex {
  /** False where there is no file yet; the document is then an empty one. */
  exists: boolean;
}

/** What is to be changed in an index. */
type EditOf = (index: DirectoryIndex) => readonly IndexEdit[] | Promise<readonly IndexEdit[]>;

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
    return await openSnapshot(readSnapshot(path), path);
  } catch (error) {
    throw fileSystemError(error, `reading ${path}`);
  }
}

/** Is told what was written. */
type Told = (content: Content) => Promise<void>;

/**
 * Changes an index of a folder once.
 * @returns whether the file was written; undefined where it was changed by another program meanwhile.
 */
async function tryUpdate(
  path: string,
  edit: EditOf,
  told: Told | undefined,
): Promise<boolean | undefined> {
  const editable = await openEditable(path);
  try {
    const edits = await edit(editable.index);
    if (edits.length === 0) {
      await editable.remember();
      return false;
    }
    const { content, remember } = editable.edit(edits);
    makeFolder(dirname(path));
    // First, so that a run that is stopped in between has something to do again.
    if (content instanceof Uint8Array && hasJson(path)) writeJson(path, trustIndex(content, path));
    let written: BigIntStats | undefined;
    const isReplaced = replaceFile(path, content, (temporary) => {
      written = statSync(temporary, { bigint: true });
      return editable.isCurrent();
    });
    if (!isReplaced) return undefined;
    await remember(written && movedStatus(written, path));
    await told?.(content);
    return true;
  } finally {
    editable.close();
  }
}

/**
 * Changes an index of a folder; to be called under the folder's lock. Where a program that does not
 * know the lock has changed the file meanwhile, such as Helm, all is done again with the new one.
 * @param file path in the folder.
 * @param edit what to change, asked anew for each file that was found; nothing: the file stays.
 * @param told what was written.
 * @returns whether the file was written.
 * @throws UserError INDEX_INVALID, FILE_SYSTEM; BUSY when the file does not stop changing; what `edit` throws.
 */
export async function updateDirectoryIndex(
  directory: string,
  file: string,
  edit: EditOf,
  told?: Told,
): Promise<boolean> {
  const path = join(directory, file);
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const isWritten = await tryUpdate(path, edit, told);
      if (isWritten !== undefined) return isWritten;
      await sleep(PAUSE_MILLISECONDS * Math.random());
    }
  } catch (error) {
    throw fileSystemError(error, `writing ${path}`);
  }
  throw new UserError('BUSY', `${path} was changed by another program each time it was written`, {
    next: 'Try again when that program, one that does not use .lock, is done.',
  });
}
