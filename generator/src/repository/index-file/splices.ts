import type { Collection } from './layout.ts';
import type { Part } from './parts.ts';
import type { Range } from './types.ts';

const NEWLINE = 10;

/** Bytes of a file that are replaced. */
export interface Splice extends Range {
  /** As bytes where there is much of it: text that lives on makes the heap grow several times as much. */
  text: string | Buffer;
}

/** An item of a collection that is edited: one that is there, one written anew in its place, a new one. */
export type Slot<Value> =
  { kind: 'kept'; position: number } | { kind: 'written'; position?: number; value: Value };

/** What is put in front of something comes before what is done to it. */
function inOrder(a: Splice, b: Splice): number {
  return a.start - b.start || a.end - b.end;
}

/**
 * A file with some of its bytes replaced; one without a newline at its end stays so.
 * @param splices may touch one another but not overlap; those at one place take effect in their order.
 * @param newline what ends a line.
 */
export function applySplices(bytes: Buffer, splices: readonly Splice[], newline: string): Part[] {
  const isOpen = bytes.length > 0 && bytes.at(-1) !== NEWLINE;
  const parts: Part[] = [];
  let at = 0;
  for (const { start, end, text } of splices.toSorted(inOrder)) {
    const isLast = isOpen && end === bytes.length;
    const lead = start === bytes.length ? newline : '';
    parts.push({ start: at, end: start }, isLast ? withoutEnd(text, lead, newline) : text);
    at = end;
  }
  return [...parts, { start: at, end: bytes.length }];
}

/** Lines at the end of a file that does not end a line. */
function withoutEnd(text: string | Buffer, lead: string, newline: string): string {
  const lines = text.toString();
  return lines.endsWith(newline) ? lead + lines.slice(0, -newline.length) : lines;
}

/** What makes a collection what its slots say; each text is that of an item alone. */
export function spliceCollection(
  bytes: Buffer,
  collection: Collection,
  slots: readonly Slot<string>[],
): Splice[] {
  const splice = collection.style === 'block' ? spliceLines : spliceFlow;
  const replaced = slots.flatMap((slot) =>
    slot.kind === 'written' && slot.position !== undefined
      ? [{ ...withoutBlankLines(bytes, itemAt(collection, slot.position)), text: slot.value }]
      : [],
  );
  const moved = splice(bytes, collection, slots).filter(
    ({ start, end, text }) => end > start || text !== '',
  );
  return [...moved, ...replaced];
}

function itemAt({ items, range }: Collection, position: number): Range {
  return items[position] ?? range;
}

/** Lines without the blank ones that follow them. */
function withoutBlankLines(bytes: Buffer, { start, end }: Range): Range {
  const text = bytes.toString('latin1', start, end);
  const lines = /^[^]*\S[^\S\n]*(?:\n|$)/.exec(text)?.[0] ?? text;
  return { start, end: start + lines.length };
}

/** New items between those that are there, and the runs of items that go. */
interface Gap {
  texts: string[];
  /** Positions of the item before and of the item behind that stay. */
  before: number;
  behind: number;
}

function gapsOf(slots: readonly Slot<string>[], count: number): Gap[] {
  const gaps: Gap[] = [];
  let gap: Gap = { texts: [], before: -1, behind: count };
  for (const slot of slots) {
    if (slot.kind === 'written' && slot.position === undefined) gap.texts.push(slot.value);
    else {
      const position = slot.position ?? 0;
      gaps.push({ ...gap, behind: position });
      gap = { texts: [], before: position, behind: count };
    }
  }
  return [...gaps, gap];
}

/** Comments above an item go with it; a new one is put above those of the next. */
function spliceLines(
  _: Buffer,
  { items, range }: Collection,
  slots: readonly Slot<string>[],
): Splice[] {
  return gapsOf(slots, items.length).map(({ texts, before, behind }) => {
    const start = items[before]?.end ?? range.start;
    return { start, end: items[behind - 1]?.end ?? range.start, text: texts.join('') };
  });
}

function spliceFlow(
  bytes: Buffer,
  { items, range }: Collection,
  slots: readonly Slot<string>[],
): Splice[] {
  const [first, last] = [items[0] ?? range, items.at(-1) ?? range];
  const space = /\s*$/.exec(bytes.toString('latin1', range.start, first.start))?.[0] ?? '';
  const separator = `,${space}`;
  return gapsOf(slots, items.length).map(({ texts, before, behind }) => {
    const [left, right] = [items[before], items[behind]];
    const start = right ? (items[before + 1]?.start ?? 0) : (left?.end ?? first.start);
    const end = right?.start ?? last.end;
    const text = texts.join(separator);
    if (text === '') return { start, end, text };
    return {
      start,
      end,
      text: (left && !right ? separator : '') + text + (right ? separator : ''),
    };
  });
}
