import { bytesOf, type Content } from '../../files/content.ts';
import { readSnapshot, type Snapshot } from '../../files/snapshot.ts';
import { emptyIndex, trustIndex } from '../index-file/document.ts';
import { editIndex } from '../index-file/edit.ts';
import { editKnownIndex } from '../index-file/edit-known.ts';
import { timestamp } from '../index-file/entry.ts';
import { isCurrent, type KnownIndex, openKnownIndex } from '../index-file/known-index.ts';
import { writeKnownRecord } from '../index-file/known-record.ts';
import { type OpenedIndex, openIndex, rememberEdited, rememberFile } from '../index-file/open.ts';
import type { IndexDocument, IndexEdit } from '../index-file/types.ts';
import type { DirectoryIndex } from './directory-index.ts';
import { hasJson } from './json-index.ts';

/** What an index is to be. */
interface EditedIndex {
  content: Content;
  /** Spares the next run a look at all of it. */
  remember: (status: string | undefined) => Promise<void>;
}

/** An index that was read to be changed. */
export interface EditableIndex {
  index: DirectoryIndex;
  /** Is its file still the one that was read? @throws a system error */
  isCurrent: () => boolean;
  edit: (edits: readonly IndexEdit[]) => EditedIndex;
  /** Spares the next run a look at all of it, where it stays as it is. */
  remember: () => Promise<void>;
  close: () => void;
}

function newIndex(path: string): IndexDocument {
  const generated = { kind: 'head', field: 'generated', value: timestamp() } as const;
  return trustIndex(editIndex(emptyIndex(path), [generated]), path);
}

/** @throws UserError INDEX_INVALID */
export async function openSnapshot({ bytes }: Snapshot, path: string): Promise<DirectoryIndex> {
  if (bytes) return { ...(await openIndex(bytes, path)), exists: true };
  return { document: newIndex(path), problems: [], listed: new Set(), exists: false };
}

function editWhole(index: OpenedIndex, path: string, edits: readonly IndexEdit[]): EditedIndex {
  const content = editIndex(index.document, edits);
  return {
    content,
    remember: (status) => rememberEdited(index, edits, content, { path, status }),
  };
}

async function openWhole(path: string): Promise<EditableIndex> {
  const snapshot = readSnapshot(path);
  const index = await openSnapshot(snapshot, path);
  return {
    index,
    isCurrent: snapshot.isCurrent,
    edit: (edits) => editWhole(index, path, edits),
    remember: () => rememberFile(index, { path, status: snapshot.status }),
    close: () => undefined,
  };
}

function editKnown(known: KnownIndex, path: string, edits: readonly IndexEdit[]): EditedIndex {
  const wholeIndex = () => ({ ...known, document: known.document.whole });
  const edited = editKnownIndex(known, edits);
  if (!edited) return editWhole(wholeIndex(), path, edits);
  const { content, known: then } = edited;
  return {
    content,
    remember: (status) =>
      then && status !== undefined
        ? writeKnownRecord(path, { ...then, status })
        : rememberEdited(wholeIndex(), edits, bytesOf(content), { path, status }),
  };
}

/**
 * An index of a folder, an empty one where there is none; to be closed.
 * @throws UserError INDEX_INVALID; a system error
 */
export async function openEditable(path: string): Promise<EditableIndex> {
  // The same as JSON is made of all of it.
  const known = hasJson(path) ? undefined : await openKnownIndex(path);
  if (!known) return openWhole(path);
  return {
    index: { ...known, exists: true },
    isCurrent: () => isCurrent(path, known),
    edit: (edits) => editKnown(known, path, edits),
    remember: () => Promise.resolve(),
    close: () => {
      known.source.close();
    },
  };
}
