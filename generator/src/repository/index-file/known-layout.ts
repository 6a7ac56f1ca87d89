import { mayHaveAliases } from './aliases.ts';
import { type ChartLayout, type Field, isCollection } from './layout.ts';
import type { IndexDocument } from './types.ts';

/** Where a chart is: its first line, and behind it what can be left out where it is not looked at. */
export interface ChartPlace extends Field {
  lineEnd: number;
}

/** Where the charts of an index in block style are, in its order. */
export interface KnownLayout {
  /** Of the file, in bytes. */
  size: number;
  charts: readonly ChartPlace[];
}

/** Smaller ones are read in no time. */
export const WORTH_REMEMBERING_BYTES = 200_000;

/** Can it be told from the bytes alone where everything is, once they were checked? */
export function isTrustable({ layout, bytes }: IndexDocument): boolean {
  const isLarge = bytes.length >= WORTH_REMEMBERING_BYTES;
  return isLarge && layout?.top.style === 'block' && !mayHaveAliases(bytes);
}

export function placeOf({ key, start, end, list }: ChartLayout): ChartPlace {
  const isBlock = isCollection(list) && list.style === 'block';
  return { key, start, end, lineEnd: isBlock ? list.range.start : end };
}

/** Where the charts of an index are; undefined for one that is read as a whole. */
export function knownLayout(document: IndexDocument): KnownLayout | undefined {
  const entries = document.layout?.entries;
  if (!isTrustable(document) || !isCollection(entries) || entries.style !== 'block')
    return undefined;
  return { size: document.bytes.length, charts: entries.items.map(placeOf) };
}
