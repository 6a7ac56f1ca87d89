import { flowCharts, flowList } from './flow-layout.ts';
import type { ChartLayout, Collection, Field, Layout } from './layout.ts';
import { Lines, unexpected } from './lines.ts';
import type { Range } from './types.ts';

/** The entries of a chart from the first dash on. */
function blockList(lines: Lines, start: number): Collection {
  const { indent } = lines;
  const items: Range[] = [];
  while (lines.indent === indent && lines.isItem) {
    const from = lines.line;
    lines.find(lines.after(from), indent);
    items.push({ start: from, end: lines.end });
  }
  return { style: 'block', range: { start, end: lines.end }, indent, items };
}

function chartList(lines: Lines, from: number, indent: number): Collection | Range {
  const value = lines.value(from);
  const below = lines.after(value.end);
  lines.find(below, value.end > value.start ? indent : Infinity);
  if (value.end > value.start || lines.indent < indent) {
    const list = flowList(lines.bytes, value);
    if (!list) throw unexpected;
    return list;
  }
  if (lines.isItem) return blockList(lines, below);
  if (lines.indent > indent) throw unexpected;
  return value;
}

function blockCharts(lines: Lines, start: number): Collection<ChartLayout> {
  const { indent } = lines;
  const items: ChartLayout[] = [];
  while (lines.indent === indent) {
    const from = lines.line;
    const { key, value } = lines.key();
    const list = chartList(lines, value, indent);
    items.push({ key, start: from, end: lines.end, list });
  }
  if (lines.indent > 0) throw unexpected;
  return { style: 'block', range: { start, end: lines.end }, indent, items };
}

function findEntries(lines: Lines, from: number): Layout['entries'] {
  const value = lines.value(from);
  const below = lines.after(value.end);
  const isEmpty = value.end === value.start;
  lines.find(below, isEmpty ? Infinity : 0);
  if (isEmpty && lines.indent > 0) return blockCharts(lines, below);
  const charts = flowCharts(lines.bytes, value);
  if (!charts) throw unexpected;
  return charts;
}

/** The items of a list at the top may stand in the column of its key. */
function skipField(lines: Lines): void {
  do lines.find(lines.after(lines.line), 0);
  while (lines.indent === 0 && lines.isItem);
}

function findTop(lines: Lines): Layout {
  const start = lines.line;
  const items: Field[] = [];
  let entries: Layout['entries'];
  while (lines.indent === 0) {
    const from = lines.line;
    const { key, value } = lines.key();
    if (key === 'entries') entries = findEntries(lines, value);
    else skipField(lines);
    items.push({ key, start: from, end: lines.end });
  }
  return {
    top: { style: 'block', range: { start, end: lines.end }, indent: 0, items },
    entries,
  };
}

/**
 * Where everything is in an index in block style, as Helm writes it; undefined for any other file.
 * One pass over the bytes, nothing is parsed.
 * @param start of the first line, behind a byte order mark.
 */
export function blockLayout(bytes: Buffer, start: number): Layout | undefined {
  const lines = new Lines(bytes, start);
  try {
    lines.find(start, Infinity);
    if (bytes.toString('latin1', lines.line, lines.after(lines.line)).trim() === '---')
      lines.find(lines.after(lines.line), Infinity);
    const layout = findTop(lines);
    return lines.line === bytes.length ? layout : undefined;
  } catch (error) {
    if (error === unexpected) return undefined;
    throw error;
  }
}
