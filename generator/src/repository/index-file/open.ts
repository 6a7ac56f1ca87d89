import { mayHaveAliases } from './aliases.ts';
import { type CheckedRecord, readCheckedRecord, writeCheckedRecord } from './checked-record.ts';
import { readIndex, trustIndex } from './document.ts';
import { timeProblems } from './entry-problems.ts';
import { listedFiles, listedFilesOf } from './named-files.ts';
import { findEntryProblems, findProblems, withLines } from './problems.ts';
import { textsOf } from './stored-entry.ts';
import type { CheckedIndex, IndexDocument, IndexEdit, IndexEntry, IndexProblem } from './types.ts';

/** Smaller ones are read in no time. */
const WORTH_REMEMBERING_BYTES = 200_000;

/** A checked index, and which archives it has. */
export interface OpenedIndex extends CheckedIndex {
  /** See listedFiles. */
  listed: ReadonlySet<string>;
}

/** Can it be told from the bytes alone where everything is, once they were checked? */
function isTrustable({ layout, bytes }: IndexDocument): boolean {
  const isLarge = bytes.length >= WORTH_REMEMBERING_BYTES;
  return isLarge && layout?.top.style === 'block' && !mayHaveAliases(bytes);
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

/** Each new index is given the time when it was made. */
function isFaultlessTime(edit: IndexEdit): boolean {
  if (edit.kind !== 'head' || edit.field !== 'generated') return false;
  return typeof edit.value === 'string' && timeProblems(edit.value, edit.field).length === 0;
}

/**
 * The archives of entries that are added; undefined where edits are anything but entries without
 * fault, each once, for charts without fault, and the time of the index.
 */
function faultlessFiles(
  { document, problems }: CheckedIndex,
  edits: readonly IndexEdit[],
): string[] | undefined {
  const faulty = new Set(problems.map(({ chart }) => chart));
  const added = new Set<string>();
  const files: string[] = [];
  for (const edit of edits) {
    if (isFaultlessTime(edit) && !faulty.has(undefined)) continue;
    if (edit.kind !== 'add' || faulty.has(edit.chart)) return undefined;
    const { chart, entry } = edit;
    if (findEntryProblems(document, chart, entry).length > 0) return undefined;
    // Else it would have problems.
    const { version, urls } = entry as IndexEntry;
    const name = JSON.stringify([chart, version]);
    if (added.has(name)) return undefined;
    added.add(name);
    files.push(...listedFilesOf({ chart, version, urls: textsOf(urls) }));
  }
  return files;
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

/**
 * Spares the next {@link openIndex} the check of an index that was just written.
 * @param bytes of {@link editIndex} for the index before and these edits.
 */
export async function rememberEdited(
  before: OpenedIndex,
  edits: readonly IndexEdit[],
  bytes: Uint8Array,
): Promise<void> {
  const isKnown = isTrustable({ ...before.document, bytes });
  if (isKnown) await writeCheckedRecord(bytes, recordAfter(before, edits, bytes));
}
