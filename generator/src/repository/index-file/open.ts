import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMapping } from '../../archive/metadata-shape.ts';
import { isSystemError } from '../../errors.ts';
import { readCacheFile, writeCacheFile } from '../../files/cache-file.ts';
import { cacheFolder } from '../../files/cache-folder.ts';
import { sha256 } from '../../files/digest.ts';
import { digestOfCode } from '../../files/folder-digest.ts';
import { mayHaveAliases } from './aliases.ts';
import { readIndex, trustIndex } from './document.ts';
import { findEntryProblems, findProblems, withLines } from './problems.ts';
import type { CheckedIndex, IndexDocument, IndexEdit, IndexProblem } from './types.ts';

/** What checks an index; what other code found is not used. */
const CODE = ['./', '../../archive/'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
/** Smaller ones are read in no time. */
const WORTH_REMEMBERING_BYTES = 200_000;

function cacheFileOf(bytes: Uint8Array): string {
  const name = sha256([...CODE.map(digestOfCode), sha256(bytes)].join('\n'));
  return join(cacheFolder('indexes', process.env), `${name}.json`);
}

/** Can it be told from the bytes alone where everything is, once they were checked? */
function isTrustable({ layout, bytes }: IndexDocument): boolean {
  const isLarge = bytes.length >= WORTH_REMEMBERING_BYTES;
  return isLarge && layout?.top.style === 'block' && !mayHaveAliases(bytes);
}

async function remember(bytes: Uint8Array, problems: readonly IndexProblem[]): Promise<void> {
  // Where the file is, and its lines, are not the same the next time.
  const found = problems.map((problem) => ({ ...problem, file: undefined, line: undefined }));
  try {
    await writeCacheFile(cacheFileOf(bytes), [JSON.stringify(found)]);
  } catch (error) {
    // What is not kept costs time and nothing else.
    if (!isSystemError(error)) throw error;
  }
}

/**
 * Reads an index, checking it only where this user has not had these very bytes checked before.
 * @param file what to call it in messages.
 * @throws UserError INDEX_INVALID
 */
export async function openIndex(bytes: Uint8Array, file: string): Promise<CheckedIndex> {
  if (bytes.length < WORTH_REMEMBERING_BYTES) return readIndex(bytes, file);
  const known = await readCacheFile(cacheFileOf(bytes));
  if (known) {
    const document = trustIndex(bytes, file);
    const problems = JSON.parse(known.toString()) as IndexProblem[];
    const located = problems.map((problem) => ({ ...problem, file }));
    return { document, problems: withLines(document, located) };
  }
  const checked = readIndex(bytes, file);
  if (isTrustable(checked.document)) await remember(bytes, checked.problems);
  return checked;
}

/** Are the edits entries without fault, each once, for charts without fault? */
function isFaultless({ document, problems }: CheckedIndex, edits: readonly IndexEdit[]): boolean {
  const faulty = new Set(problems.map(({ chart }) => chart));
  const added = new Set<string>();
  return edits.every((edit) => {
    if (edit.kind !== 'add' || faulty.has(edit.chart)) return false;
    const version = JSON.stringify([edit.chart, isMapping(edit.entry) && edit.entry.version]);
    const isTwice = added.has(version);
    added.add(version);
    return !isTwice && findEntryProblems(document, edit.chart, edit.entry).length === 0;
  });
}

/** The problems of an index after edits: those of charts that were not edited are the same. */
function problemsAfter(
  before: CheckedIndex,
  edits: readonly IndexEdit[],
  bytes: Uint8Array,
): readonly IndexProblem[] {
  if (isFaultless(before, edits)) return before.problems;
  const only = new Set(
    edits.map((edit) => {
      if (edit.kind === 'head') return undefined;
      return edit.kind === 'add' ? edit.chart : edit.entry.chart;
    }),
  );
  const document = trustIndex(bytes, before.document.file);
  const others = before.problems.filter(({ chart }) => chart !== undefined && !only.has(chart));
  return [...findProblems(document, { isJson: false, only }), ...others];
}

/**
 * Spares the next {@link openIndex} the check of an index that was just written.
 * @param bytes of {@link editIndex} for the index before and these edits.
 */
export async function rememberEdited(
  before: CheckedIndex,
  edits: readonly IndexEdit[],
  bytes: Uint8Array,
): Promise<void> {
  const isKnown = isTrustable({ ...before.document, bytes });
  if (isKnown) await remember(bytes, problemsAfter(before, edits, bytes));
}
