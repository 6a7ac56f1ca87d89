import { type CheckedRecord, readCheckedRecord, writeCheckedRecord } from './checked-record.ts';
import { readIndex, trustIndex } from './document.ts';
import { faultlessFiles } from './faultless.ts';
import { isTrustable, knownLayout, WORTH_REMEMBERING_BYTES } from './known-layout.ts';
import { writeKnownRecord } from './known-record.ts';
import { type ListedFiles, ListedText } from './listed-files.ts';
import { listedFiles } from './named-files.ts';
import { findProblems, withLines } from './problems.ts';
import type { CheckedIndex, IndexDocument, IndexEdit, IndexProblem } from './types.ts';

/** A checked index, and which archives it has. */
export interface OpenedIndex extends CheckedIndex {
  listed: ListedFiles;
}

function openUnknown(bytes: Uint8Array, file: string): OpenedIndex {
  const checked = readIndex(bytes, file);
  return { ...checked, listed: listedFiles(checked.document) };
}

/**
 * Reads an index, checking it only where this user has not had these very bytes checked before.
 * @param file what to call it in messages.
 * @throws UserError INDEX_INVALID
 */
export async function openIndex(bytes: Uint8Array, file: string): Promise<OpenedIndex> {
  if (bytes.length < WORTH_REMEMBERING_BYTES) return openUnknown(bytes, file);
  const known = await readCheckedRecord(bytes);
  if (known) {
    const document = trustIndex(bytes, file);
    const located = known.problems.map((problem) => ({ ...problem, file }));
    return { document, problems: withLines(document, located), listed: known.listed };
  }
  const opened = openUnknown(bytes, file);
  if (isTrustable(opened.document)) await writeCheckedRecord(bytes, opened);
  return opened;
}

/** The problems of an index after edits: those of charts that were not edited are the same. */
function problemsAfter(
  before: CheckedIndex,
  edits: readonly IndexEdit[],
  document: IndexDocument,
): readonly IndexProblem[] {
  const only = new Set(
    edits.map((edit) => {
      if (edit.kind === 'head') return undefined;
      return edit.kind === 'add' ? edit.chart : edit.entry.chart;
    }),
  );
  const others = before.problems.filter(({ chart }) => chart !== undefined && !only.has(chart));
  return [...findProblems(document, { isJson: false, only }), ...others];
}

function recordAfter(
  before: OpenedIndex,
  edits: readonly IndexEdit[],
  bytes: Uint8Array,
): CheckedRecord {
  const files = faultlessFiles(before, edits);
  if (files) return { problems: before.problems, listed: new Set([...before.listed, ...files]) };
  const document = trustIndex(bytes, before.document.file);
  return { problems: problemsAfter(before, edits, document), listed: listedFiles(document) };
}

/** A file, and what tells that it is still the same: see settledStatus, movedStatus. */
interface FileState {
  path: string;
  status: string | undefined;
}

/**
 * Lets the next run tell from the state of its file that an index was checked; not one with problems,
 * which are told each time with their lines.
 */
export async function rememberFile(
  { document, problems, listed }: OpenedIndex,
  { path, status }: FileState,
): Promise<void> {
  if (status === undefined || problems.length > 0) return;
  const layout = knownLayout(document);
  const text = ListedText.of([...listed]);
  if (layout && text) await writeKnownRecord(path, { status, layout, listed: text });
}

/**
 * Spares the next {@link openIndex} the check of an index that was just written.
 * @param bytes of {@link editIndex} for the index before and these edits.
 * @param state of the file that was written, where it is one.
 */
export async function rememberEdited(
  before: OpenedIndex,
  edits: readonly IndexEdit[],
  bytes: Uint8Array,
  state?: FileState,
): Promise<void> {
  if (!isTrustable({ ...before.document, bytes })) return;
  const record = recordAfter(before, edits, bytes);
  await writeCheckedRecord(bytes, record);
  if (state) await rememberFile({ document: trustIndex(bytes, state.path), ...record }, state);
}
