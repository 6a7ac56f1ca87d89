import { isDeepStrictEqual } from 'node:util';
import { isMapping } from '../../json-object.ts';
import type { Json } from '../../model/types.ts';
import { INDEX_FILE } from '../directory/directory-index.ts';
import type { IndexDocument, IndexedEntry, IndexEdit } from '../index-file/types.ts';
import { DEPRECATION_REASON, withAnnotations, withField } from './annotations.ts';
import { careFor, type CareOptions, type CarePlan } from './care-plan.ts';
import {
  type ChartReference,
  type ChartVersion,
  chartVersions,
  referencedEntries,
  requireListed,
} from './chart-reference.ts';

/** What to do with entries. */
export type Deprecation = { undo: true } | { undo?: false; reason?: string };

export interface DeprecateResult {
  changed: ChartVersion[];
  /** What was that way already. */
  unchanged: ChartVersion[];
}

/** The data of an entry with the flag that says so, or without. */
export function deprecated(data: Json, deprecation: Deprecation): Json {
  if (!isMapping(data)) return data;
  const fields = data as Record<string, Json>;
  if (deprecation.undo === true)
    return withAnnotations(withField(fields, 'deprecated', undefined), {
      [DEPRECATION_REASON]: undefined,
    });
  const marked = withField(fields, 'deprecated', true);
  const { reason } = deprecation;
  return reason === undefined ? marked : withAnnotations(marked, { [DEPRECATION_REASON]: reason });
}

function entriesOf(
  document: IndexDocument,
  references: readonly ChartReference[],
): Set<IndexedEntry> {
  return new Set(references.flatMap((reference) => referencedEntries(document, reference)));
}

/**
 * Which entries to mark as deprecated, or no longer to.
 * @throws UserError USAGE for what the index does not list.
 */
export function planDeprecate(
  document: IndexDocument,
  references: readonly ChartReference[],
  deprecation: Deprecation,
): CarePlan<DeprecateResult> {
  requireListed(references, [document]);
  const isThatWay = ({ data }: IndexedEntry) =>
    isDeepStrictEqual(deprecated(data, deprecation), data);
  const edits = (index: IndexDocument): IndexEdit[] =>
    [...entriesOf(index, references)]
      .filter((entry) => !isThatWay(entry))
      .map((entry) => ({ kind: 'replace', entry, by: deprecated(entry.data, deprecation) }));
  const entries = [...entriesOf(document, references)];
  return {
    result: {
      changed: chartVersions(entries.filter((entry) => !isThatWay(entry))),
      unchanged: chartVersions(entries.filter(isThatWay)),
    },
    updates: [{ file: INDEX_FILE, edits }],
  };
}

/**
 * Marks entries in the index of a folder as deprecated, or no longer; archives stay as they are.
 * @throws UserError USAGE, INDEX_INVALID, FILE_SYSTEM, BUSY
 */
export function deprecate(
  directory: string,
  references: readonly ChartReference[],
  options: CareOptions & { deprecation: Deprecation },
): Promise<DeprecateResult> {
  return careFor(directory, options, ({ current }) =>
    planDeprecate(current, references, options.deprecation),
  );
}
