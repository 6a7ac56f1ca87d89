import type { Json } from '../../model/types.ts';
import { type ChartChanges, planChart } from './chart-plan.ts';
import { compareKeys } from './key-order.ts';
import { type ChartLayout, type Collection, isCollection } from './layout.ts';
import { placeCharts } from './place-charts.ts';
import { type Slot, type Splice, spliceCollection } from './splices.ts';
import type { Target } from './target.ts';
import type { Range } from './types.ts';

function writtenValues<Value>(slots: readonly Slot<Value>[]): Value[] {
  return slots.flatMap((slot) => (slot.kind === 'written' ? [slot.value] : []));
}

/** Puts lines in block style in the place of `{}`, `[]` or nothing. */
function fillBlock(
  { bytes }: Target,
  { start, end }: Range,
  texts: readonly Splice['text'][],
): Splice[] {
  const colon = bytes.lastIndexOf(':', start) + 1;
  const newline = bytes.indexOf('\n', end);
  const below = newline < 0 ? bytes.length : newline + 1;
  return [
    { start: colon, end, text: '' },
    ...texts.map((text) => ({ start: below, end: below, text })),
  ];
}

function spliceChart(
  target: Target,
  charts: Collection,
  { key, start, end, list }: ChartLayout,
  slots: readonly Slot<Json>[],
): Splice[] {
  const { bytes, writer } = target;
  if (isCollection(list)) {
    const written = slots.map((slot) =>
      slot.kind === 'kept' ? slot : { ...slot, value: writer.entry(slot.value, list) },
    );
    return spliceCollection(bytes, list, written);
  }
  const entries = writtenValues(slots);
  return charts.style === 'block'
    ? fillBlock(target, list, [writer.listLines(entries)])
    : [{ start, end, text: writer.chart(key, entries, charts) }];
}

function spliceKnownCharts(
  target: Target,
  charts: Collection<ChartLayout>,
  changes: ReadonlyMap<string, ChartChanges>,
): Splice[] {
  const { document, bytes, writer } = target;
  const splices: Splice[] = [];
  const staying: Slot<string>[] = [];
  const unknown = new Map(changes);
  for (const [position, chart] of charts.items.entries()) {
    const change = changes.get(chart.key);
    unknown.delete(chart.key);
    const slots = change && planChart(document.charts.get(chart.key) ?? [], change);
    if (slots?.length === 0) continue;
    if (slots) splices.push(...spliceChart(target, charts, chart, slots));
    staying.push({ kind: 'kept', position });
  }
  const added = [...unknown].map(([name, change]) => {
    const entries = writtenValues(planChart([], change));
    return [name, writer.chart(name, entries, charts)] as const;
  });
  const slots = placeCharts(charts, staying, added);
  const isEmptied = slots.length === 0 && charts.style === 'block';
  if (isEmptied) splices.push(...emptyEntries(target));
  return [...splices, ...spliceCollection(bytes, charts, slots)];
}

/** Without charts `entries` is an empty mapping, as Helm writes it. */
function emptyEntries({ bytes, layout }: Target): Splice[] {
  const field = layout.top.items.find(({ key }) => key === 'entries');
  const at = bytes.indexOf(':', field?.start) + 1;
  return [{ start: at, end: at, text: ' {}' }];
}

/** The first charts of an index. */
function spliceFirstCharts(target: Target, changes: ReadonlyMap<string, ChartChanges>): Splice[] {
  const { layout, bytes, writer } = target;
  const charts = [...changes].toSorted(([a], [b]) => compareKeys(a, b));
  const entriesOf = (change: ChartChanges) => writtenValues(planChart([], change));
  const { entries, top } = layout;
  if (top.style === 'block' && entries) {
    // Chart by chart: the entries of all at once would take much memory.
    const lines = charts.map(([name, change]) =>
      Buffer.from(writer.chartLines(name, entriesOf(change))),
    );
    return fillBlock(target, entries as Range, lines);
  }
  const data = Object.fromEntries(charts.map(([name, change]) => [name, entriesOf(change)]));
  const text = writer.field('entries', data, top);
  const position = top.items.findIndex(({ key }) => key === 'entries');
  const slots: Slot<string>[] = top.items.map((_, index) =>
    index === position
      ? { kind: 'written', position, value: text }
      : { kind: 'kept', position: index },
  );
  if (position < 0) slots.push({ kind: 'written', value: text });
  return spliceCollection(bytes, top, slots);
}

/** What makes the charts of an index what the changes say. */
export function spliceCharts(target: Target, changes: ReadonlyMap<string, ChartChanges>): Splice[] {
  const { entries } = target.layout;
  if (changes.size === 0) return [];
  return isCollection(entries)
    ? spliceKnownCharts(target, entries, changes)
    : spliceFirstCharts(target, changes);
}
