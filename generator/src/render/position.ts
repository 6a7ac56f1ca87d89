import type { Problem } from '../errors.ts';

/** Line and column, both from 1. */
export interface Position {
  line: number;
  column: number;
}

/** Line and column of a character, both from 1. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/** A problem at a place of a text, with the line it is in. */
export function problemAt(
  file: string,
  text: string,
  place: Position | number,
  message: string,
  hint?: string,
): Problem {
  const { line, column } = typeof place === 'number' ? positionAt(text, place) : place;
  const excerpt = text.split('\n')[line - 1] ?? '';
  return { message, file, line, column, excerpt, ...(hint === undefined ? {} : { hint }) };
}

/**
 * The column at which a text most likely stands in a line: of its occurrences the one after `skip`
 * others; where the line does not hold all of it, as much of its beginning as the line does hold.
 */
export function columnOf(line: string, text: string, skip = 0): number {
  for (let length = text.length; length > 0; length -= 1) {
    const found = occurrences(line, text.slice(0, length));
    const index = found[Math.min(skip, found.length - 1)];
    if (index !== undefined) return index + 1;
  }
  return 1;
}

/** Offsets of a text in a line. */
export function occurrences(line: string, text: string): number[] {
  const offsets: number[] = [];
  for (let at = line.indexOf(text); at !== -1; at = line.indexOf(text, at + 1)) offsets.push(at);
  return offsets;
}
