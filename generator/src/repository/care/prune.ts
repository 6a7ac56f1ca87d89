import { INDEX_FILE } from '../directory/directory-index.ts';
import type { IndexDocument, IndexedEntry } from '../index-file/types.ts';
import { RETIRED_INDEX, retiredUrl } from '../retired-index.ts';
import { careFor, type CareOptions, type CarePlan } from './care-plan.ts';
import { type ChartVersion, chartVersions, requireListed } from './chart-reference.ts';
import { neededBy } from './dependencies.ts';
import { gain, lose } from './move-entries.ts';
import { retainedVersions } from './retention.ts';

export interface PrunePolicy {
  /** Versions to keep of each series `major.minor` of a chart, at least 1. */
  keep: number;
  /** The only charts to prune; all of them where absent. */
  charts?: readonly string[];
}

export interface PruneResult {
  /** What goes from the index into the one of retired versions. */
  retired: ChartVersion[];
  /** What would go as well if nothing depended on it. */
  needed: (ChartVersion & { by: ChartVersion })[];
  /** How many entries stay. */
  kept: number;
}

function isRetained(
  document: IndexDocument,
  { keep, charts }: PrunePolicy,
): (entry: IndexedEntry) => boolean {
  const pruned = new Set(charts ?? document.charts.keys());
  const retained = new Map(
    [...document.charts].map(([chart, entries]) => [
      chart,
      retainedVersions(
        chartVersions(entries).map(({ version }) => version),
        keep,
      ),
    ]),
  );
  return ({ chart, version }) =>
    version === undefined || !pruned.has(chart) || retained.get(chart)?.has(version) === true;
}

/**
 * Which entries of an index to retire.
 * @throws UserError USAGE for a chart that the index does not list.
 */
export function planPrune(document: IndexDocument, policy: PrunePolicy): CarePlan<PruneResult> {
  requireListed(
    (policy.charts ?? []).map((chart) => ({ chart })),
    [document],
  );
  const entries = [...document.charts.values()].flat();
  const retained = new Set(entries.filter(isRetained(document, policy)));
  const needed = neededBy(retained, document);
  const retired = entries.filter((entry) => !retained.has(entry) && !needed.has(entry));
  return {
    result: {
      retired: chartVersions(retired),
      needed: [...needed].flatMap(([entry, by]) => {
        const [need, needing] = chartVersions([entry, by]);
        return need && needing ? [{ ...need, by: needing }] : [];
      }),
      kept: entries.length - retired.length,
    },
    // Both have an entry for a while; neither is without it at any time.
    updates: [
      {
        file: RETIRED_INDEX,
        edits: (index) => gain(index, retired, { url: retiredUrl }),
      },
      { file: INDEX_FILE, edits: (index) => lose(index, retired) },
    ],
  };
}

/**
 * Moves old versions from the index of a folder to the one of retired versions; archives stay.
 * @throws UserError USAGE, INDEX_INVALID, FILE_SYSTEM, BUSY
 */
export function prune(
  directory: string,
  policy: PrunePolicy,
  options: CareOptions,
): Promise<PruneResult> {
  return careFor(directory, options, ({ current }) => planPrune(current, policy));
}
