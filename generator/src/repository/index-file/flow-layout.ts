import {
  CLOSING,
  COLON,
  COMMA,
  flowEnd,
  keyOf,
  LIST_START,
  MAP_START,
  scalarEnd,
  skipSpace,
} from './flow-scan.ts';
import type { ChartLayout, Collection, Field, Layout } from './layout.ts';
import type { Range } from './types.ts';

/** A key with its value in flow style. */
interface FlowField extends Field {
  value: Range;
}

/** The items between brackets; `read` finds the end of one. */
function flowCollection<Item extends Range>(
  bytes: Uint8Array,
  start: number,
  read: (start: number) => Item | undefined,
): Collection<Item> | undefined {
  const items: Item[] = [];
  let at = skipSpace(bytes, start + 1);
  while (at < bytes.length && !CLOSING.has(bytes[at] ?? 0)) {
    const item = read(at);
    if (!item) return undefined;
    items.push(item);
    at = skipSpace(bytes, item.end);
    if (bytes[at] === COMMA) at = skipSpace(bytes, at + 1);
    else if (!CLOSING.has(bytes[at] ?? 0)) return undefined;
  }
  if (at >= bytes.length) return undefined;
  return { style: 'flow', range: { start, end: at + 1 }, indent: 0, items };
}

function readKey(bytes: Uint8Array, { start, end }: Range): string | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString();
  return keyOf(text);
}

function readField(bytes: Uint8Array, start: number): FlowField | undefined {
  const keyEnd = scalarEnd(bytes, start);
  const key = readKey(bytes, { start, end: keyEnd });
  const colon = skipSpace(bytes, keyEnd);
  if (key === undefined || bytes[colon] !== COLON) return undefined;
  const valueStart = skipSpace(bytes, colon + 1);
  const end = flowEnd(bytes, valueStart);
  return end === undefined ? undefined : { key, start, end, value: { start: valueStart, end } };
}

/** The items of a list in flow style, or the place of something else. */
export function flowList(bytes: Uint8Array, value: Range): Collection | Range | undefined {
  if (bytes[value.start] !== LIST_START) return value;
  const list = flowCollection(bytes, value.start, (start) => {
    const end = flowEnd(bytes, start);
    return end === undefined ? undefined : { start, end };
  });
  return list?.items.length === 0 ? value : list;
}

/** The charts of `entries` in flow style, or the place of something else. */
export function flowCharts(
  bytes: Uint8Array,
  value: Range,
): Collection<ChartLayout> | Range | undefined {
  if (bytes[value.start] !== MAP_START) return value;
  const charts = flowCollection(bytes, value.start, (start): ChartLayout | undefined => {
    const field = readField(bytes, start);
    const list = field && flowList(bytes, field.value);
    return list && { key: field.key, start: field.start, end: field.end, list };
  });
  return charts?.items.length === 0 ? value : charts;
}

/**
 * Where everything is in an index that is all in flow style, such as JSON.
 * @param start of its first bracket.
 */
export function flowLayout(bytes: Uint8Array, start: number): Layout | undefined {
  const top = flowCollection(bytes, start, (at) => readField(bytes, at));
  if (!top || skipSpace(bytes, top.range.end) < bytes.length) return undefined;
  const field = top.items.find(({ key }) => key === 'entries');
  const entries = field && flowCharts(bytes, field.value);
  return field && !entries ? undefined : { top, entries };
}
