import { isMapping } from '../../json-object.ts';
import { compareNewestFirst, sortNewestFirst } from '../../archive/version.ts';
import type { Json } from '../../model/types.ts';
import type { Slot } from './splices.ts';
import type { IndexedEntry, IndexEdit } from './types.ts';

/** What happens to the entries of a chart. */
export interface ChartChanges {
  added: Extract<IndexEdit, { kind: 'add' }>[];
  replaced: Map<number, Json>;
  removed: Set<number>;
}

function versionText(entry: Json): string {
  const version = isMapping(entry) ? entry.version : undefined;
  return typeof version === 'string' ? version : '';
}

/** The edits of entries by chart; those of new charts too. */
export function changesByChart(edits: readonly IndexEdit[]): Map<string, ChartChanges> {
  const charts = new Map<string, ChartChanges>();
  const changesOf = (chart: string) => {
    const none: ChartChanges = { added: [], replaced: new Map(), removed: new Set() };
    const changes = charts.get(chart) ?? none;
    charts.set(chart, changes);
    return changes;
  };
  for (const edit of edits) {
    if (edit.kind === 'add') changesOf(edit.chart).added.push(edit);
    if (edit.kind === 'replace')
      changesOf(edit.entry.chart).replaced.set(edit.entry.position, edit.by);
    if (edit.kind === 'remove') changesOf(edit.entry.chart).removed.add(edit.entry.position);
  }
  return charts;
}

/**
 * The entries of a chart after its changes. New ones are put in Helm's order: each before the first
 * that is older, behind the new one before it. Those that are there do not move.
 */
export function planChart(
  entries: readonly IndexedEntry[],
  { added, replaced, removed }: ChartChanges,
): Slot<Json>[] {
  const slots: Slot<Json>[] = [];
  const waiting = sortNewestFirst(
    added.map(({ entry }) => entry),
    versionText,
  );
  const take = () => {
    slots.push(...waiting.splice(0, 1).map((value) => ({ kind: 'written', value }) as const));
  };
  for (const { position, version } of entries) {
    if (removed.has(position)) continue;
    while (waiting.length > 0 && isBefore(waiting[0] ?? null, version)) take();
    const value = replaced.get(position);
    slots.push(
      value === undefined ? { kind: 'kept', position } : { kind: 'written', position, value },
    );
  }
  while (waiting.length > 0) take();
  return slots;
}

function isBefore(entry: Json, version: string | undefined): boolean {
  return compareNewestFirst(versionText(entry), version ?? '') < 0;
}
