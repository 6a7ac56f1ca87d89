import { type KnownLayout, placeOf } from './known-layout.ts';
import { isCollection } from './layout.ts';
import type { IndexDocument, Range } from './types.ts';

/** Bytes of a file that an excerpt does not have. */
interface Omission {
  /** The chart whose entries they are. */
  key: string;
  /** Where they would stand in the excerpt. */
  at: number;
  length: number;
}

/** A large index without the entries of most charts: an index, and a small one. */
export interface Excerpt {
  bytes: Buffer;
  omissions: readonly Omission[];
}

/**
 * An excerpt in which those charts are edited as they are in the whole index. The first chart with
 * entries is in it as well: new ones are written like those.
 * @param read the bytes of the index in a range.
 */
export function takeExcerpt(
  { size, charts }: KnownLayout,
  edited: ReadonlySet<string>,
  read: (range: Range) => Buffer,
): Excerpt {
  const pieces: Buffer[] = [];
  const omissions: Omission[] = [];
  let length = 0;
  let from = 0;
  const take = (start: number, end: number) => {
    if (start === end) return;
    const piece = read({ start, end });
    pieces.push(piece);
    length += piece.length;
  };
  const first = charts.find(({ lineEnd, end }) => lineEnd < end);
  for (const chart of charts) {
    const { key, lineEnd, end } = chart;
    // The last line of the file tells whether lines end with a newline.
    if (lineEnd === end || chart === first || edited.has(key) || end === size) continue;
    take(from, lineEnd);
    omissions.push({ key, at: length, length: end - lineEnd });
    from = end;
  }
  take(from, size);
  return { bytes: Buffer.concat(pieces), omissions };
}

/** Where in the file something is that is at a place in an excerpt. */
export function placeInFile({ omissions }: Excerpt, place: number): number {
  let omitted = 0;
  for (const { at, length } of omissions) if (at <= place) omitted += length;
  return place + omitted;
}

/**
 * Where the charts of the whole index are after an edit.
 * @param omissions of the excerpt that was edited.
 * @param document the excerpt after the edit.
 */
export function layoutAfter(
  { omissions }: Excerpt,
  { layout, bytes }: IndexDocument,
): KnownLayout | undefined {
  if (!isCollection(layout?.entries)) return undefined;
  const omittedOf = new Map(omissions.map(({ key, length }) => [key, length]));
  let omitted = 0;
  const charts = layout.entries.items.map((chart) => {
    const { key, start, lineEnd, end } = placeOf(chart);
    const before = omitted;
    omitted += omittedOf.get(key) ?? 0;
    return { key, start: start + before, lineEnd: lineEnd + before, end: end + omitted };
  });
  return { size: bytes.length + omitted, charts };
}
