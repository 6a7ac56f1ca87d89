import { randomInt } from 'node:crypto';
import { sortNewestFirst } from '../../../archive/version.ts';
import type { ListedEntry } from './claim.ts';

/**
 * The newest entry of each chart, by chart: that of the index before one that was moved to the
 * archive index.
 */
export function newestEntries(entries: readonly ListedEntry[]): Map<string, ListedEntry> {
  const charts = Map.groupBy(entries, ({ entry }) => entry.chart);
  const newest = new Map<string, ListedEntry>();
  for (const [chart, listed] of charts) {
    const inFirstIndex = listed.filter(({ index }) => index === listed[0]?.index);
    const [first] = sortNewestFirst(inFirstIndex, ({ entry }) => entry.version ?? '');
    if (first) newest.set(chart, first);
  }
  return newest;
}

/** The newest entry of each chart and `size` others, each as likely as any other. */
export function sampleEntries(entries: readonly ListedEntry[], size: number): ListedEntry[] {
  const newest = [...newestEntries(entries).values()];
  const certain = new Set(newest);
  const others = entries.filter((listed) => !certain.has(listed));
  return [...newest, ...takeAtRandom(others, size)];
}

function takeAtRandom<T>(items: T[], size: number): T[] {
  const taken: T[] = [];
  while (taken.length < size && items.length > 0) {
    const [item] = items.splice(randomInt(items.length), 1);
    if (item !== undefined) taken.push(item);
  }
  return taken;
}
