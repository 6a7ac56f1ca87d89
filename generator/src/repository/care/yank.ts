import { isMapping } from '../../json-object.ts';
import type { Json } from '../../model/types.ts';
import { INDEX_FILE } from '../directory/directory-index.ts';
import { timestamp } from '../index-file/entry.ts';
import type { IndexDocument, IndexedEntry, IndexEdit } from '../index-file/types.ts';
import { RETIRED_INDEX, restoredUrl, retiredUrl } from '../retired-index.ts';
import { isAnnotated, withAnnotations, YANK_REASON, YANKED } from './annotations.ts';
import { careFor, type CareOptions, type CarePlan } from './care-plan.ts';
import {
  type ChartReference,
  type ChartVersion,
  chartVersions,
  referencedEntries,
  requireListed,
} from './chart-reference.ts';
import { type BrokenDependency, brokenBy } from './dependencies.ts';
import { gain, lose } from './move-entries.ts';
import type { RepositoryIndexes } from './repository-indexes.ts';

type References = readonly Required<ChartReference>[];

export interface YankResult {
  changed: ChartVersion[];
  /** What was that way already. */
  unchanged: ChartVersion[];
  /** Dependencies that nothing in the index satisfies any more. */
  broken: { dependency: string; range: string; by: ChartVersion[] }[];
}

function annotation(marks: Record<string, string | undefined>): (data: Json) => Json {
  return (data) => (isMapping(data) ? withAnnotations(data, marks) : data);
}

function select(document: IndexDocument | undefined, references: References): IndexedEntry[] {
  if (!document) return [];
  return [...new Set(references.flatMap((reference) => referencedEntries(document, reference)))];
}

function listed({ current, retired }: RepositoryIndexes): IndexDocument[] {
  return retired ? [current, retired] : [current];
}

function versionsOf(entries: readonly IndexedEntry[], known: readonly IndexedEntry[] = []) {
  const keyOf = ({ name, version }: ChartVersion) => JSON.stringify([name, version]);
  const versions = new Map(chartVersions(entries).map((item) => [keyOf(item), item]));
  for (const item of chartVersions(known)) versions.delete(keyOf(item));
  return [...versions.values()];
}

function describe({ name, range, by }: BrokenDependency): YankResult['broken'][number] {
  return { dependency: name, range, by: chartVersions(by) };
}

/**
 * Which entries to take out of the index that clients read, and to mark in the retired one; of
 * those that prune has retired only the mark is missing.
 * @throws UserError USAGE for what neither index lists.
 */
export function planYank(
  indexes: RepositoryIndexes,
  references: References,
  reason: string,
): CarePlan<YankResult> {
  requireListed(references, listed(indexes));
  const annotate = annotation({ [YANKED]: timestamp(), [YANK_REASON]: reason });
  const moved = select(indexes.current, references);
  const unmarked = (document: IndexDocument | undefined) =>
    select(document, references).filter(({ data }) => !isAnnotated(data, YANKED));
  const mark = (index: IndexDocument): IndexEdit[] =>
    unmarked(index).map((entry) => ({ kind: 'replace', entry, by: annotate(entry.data) }));
  const changed = [...moved, ...unmarked(indexes.retired)];
  return {
    result: {
      changed: versionsOf(changed),
      unchanged: versionsOf(select(indexes.retired, references), changed),
      broken: brokenBy(new Set(moved), indexes.current).map(describe),
    },
    // Both have an entry for a while; neither is without it at any time.
    updates: [
      {
        file: RETIRED_INDEX,
        edits: (index) => [...mark(index), ...gain(index, moved, { url: retiredUrl, annotate })],
      },
      { file: INDEX_FILE, edits: (index) => lose(index, moved) },
    ],
  };
}

/**
 * Which entries to bring back into the index that clients read, those that prune has retired too.
 * @throws UserError USAGE for what neither index lists.
 */
export function planRestore(
  indexes: RepositoryIndexes,
  references: References,
): CarePlan<YankResult> {
  requireListed(references, listed(indexes));
  const moved = select(indexes.retired, references);
  const annotate = annotation({ [YANKED]: undefined, [YANK_REASON]: undefined });
  return {
    result: {
      changed: versionsOf(moved),
      unchanged: versionsOf(select(indexes.current, references), moved),
      broken: [],
    },
    updates: [
      {
        file: INDEX_FILE,
        edits: (index) => gain(index, moved, { url: restoredUrl, annotate }),
      },
      { file: RETIRED_INDEX, edits: (index) => lose(index, moved) },
    ],
  };
}

/**
 * Takes versions out of the index of a folder, so that nobody gets them unasked; archives stay.
 * @throws UserError USAGE, INDEX_INVALID, FILE_SYSTEM, BUSY
 */
export function yank(
  directory: string,
  references: References,
  options: CareOptions & { reason: string },
): Promise<YankResult> {
  return careFor(directory, options, (indexes) => planYank(indexes, references, options.reason));
}

/**
 * Brings versions back into the index of a folder.
 * @throws UserError USAGE, INDEX_INVALID, FILE_SYSTEM, BUSY
 */
export function restore(
  directory: string,
  references: References,
  options: CareOptions,
): Promise<YankResult> {
  return careFor(directory, options, (indexes) => planRestore(indexes, references));
}
