import { timeProblems } from './entry-problems.ts';
import { listedFilesOf } from './named-files.ts';
import { findEntryProblems } from './problems.ts';
import { textsOf } from './stored-entry.ts';
import type { CheckedIndex, IndexEdit, IndexEntry } from './types.ts';

/** Each new index is given the time when it was made. */
function isFaultlessTime(edit: IndexEdit): boolean {
  if (edit.kind !== 'head' || edit.field !== 'generated') return false;
  return typeof edit.value === 'string' && timeProblems(edit.value, edit.field).length === 0;
}

/**
 * The archives of entries that are added; undefined where edits are anything but entries without
 * fault, each once, for charts without fault, and the time of the index.
 */
export function faultlessFiles(
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
