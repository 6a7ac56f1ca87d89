import { COLON, flowEnd, keyOf, LIST_START, MAP_START } from './flow-scan.ts';
import type { Range } from './types.ts';

const [NEWLINE, RETURN, SPACE, HASH, DASH] = [0x0a, 0x0d, 0x20, 0x23, 0x2d];
const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);

/** Thrown for what an index in block style never holds; the file is then not one. */
export const unexpected = new Error('not an index in block style');

/**
 * Goes through a file line by line. YAML's rule makes it work: whatever stands in columns behind
 * those of an item's dash belongs to the item.
 */
export class Lines {
  readonly bytes: Buffer;
  /** Start of the present line; at the end of the file its length. */
  line: number;
  /** Columns in front of the present line, -1 at the end of the file. */
  indent = -1;
  /** End of what stands above the present line and above the comments that belong to it. */
  end: number;

  constructor(bytes: Buffer, start: number) {
    this.bytes = bytes;
    this.line = start;
    this.end = start;
  }

  /** From the start of a line to the next line that holds something no deeper than `deepest`. */
  find(from: number, deepest: number): void {
    const { bytes } = this;
    let end = -1;
    for (let line = from; line < bytes.length;) {
      let at = line;
      while (bytes[at] === SPACE) at += 1;
      const byte = bytes[at];
      const isBlank = byte === NEWLINE || byte === RETURN || byte === undefined;
      if (at - line > deepest) end = -1;
      else if (byte === HASH) end = end < 0 ? line : end;
      else if (!isBlank) {
        this.line = line;
        this.indent = at - line;
        this.end = end < 0 ? line : end;
        return;
      }
      line = this.after(at);
    }
    this.line = bytes.length;
    this.indent = -1;
    this.end = end < 0 ? bytes.length : end;
  }

  /** The start of the line after a place. */
  after(at: number): number {
    const { bytes } = this;
    let end = at;
    // Half the time of `indexOf`, for lines are short.
    while (end < bytes.length && bytes[end] !== NEWLINE) end += 1;
    return Math.min(end + 1, bytes.length);
  }

  get isItem(): boolean {
    const at = this.line + this.indent;
    const next = this.bytes[at + 1];
    return this.bytes[at] === DASH && (next === SPACE || next === NEWLINE || next === RETURN);
  }

  /** The key of the present line, and where the value after it starts. */
  key(): { key: string; start: number; value: number } {
    const start = this.line + this.indent;
    const lineEnd = this.after(start);
    let colon = start - 1;
    do {
      colon = this.bytes.indexOf(COLON, colon + 1);
      if (colon < 0 || colon >= lineEnd) throw unexpected;
    } while (![SPACE, NEWLINE, RETURN, undefined].includes(this.bytes[colon + 1]));
    const key = keyOf(this.bytes.toString('utf8', start, colon).trimEnd());
    if (key === undefined) throw unexpected;
    return { key, start, value: colon + 1 };
  }

  /** What stands behind a key: in flow style, nothing or null. */
  value(from: number): Range {
    const { bytes } = this;
    let start = from;
    while (bytes[start] === SPACE) start += 1;
    if (bytes[start] === LIST_START || bytes[start] === MAP_START) {
      const end = flowEnd(bytes, start);
      if (end === undefined || this.rest(end) !== '') throw unexpected;
      return { start, end };
    }
    const text = this.rest(from);
    if (!NULLS.has(text)) throw unexpected;
    return text === '' ? { start: from, end: from } : { start, end: start + text.length };
  }

  /** The text to the end of the line, without a comment. */
  private rest(from: number): string {
    const text = this.bytes.toString('latin1', from, this.after(from));
    return text.replace(/(?:^|[ \t])#.*/, '').trim();
  }
}
