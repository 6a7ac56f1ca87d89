import type { Range } from './types.ts';

const [NEWLINE, SPACE, DASH] = [0x0a, 0x20, 0x2d];

// A text that every YAML reader takes for itself, to the end of a line: in quotes without escapes, or
// bare, beginning with a letter or digit, and no word such as `null`.
const TEXT =
  /^ +(?:"([\x20\x21\x23-\x5b\x5d-\x7e]*)"|'([\x20-\x26\x28-\x7e]*)'|(?!(?:null|true|false|yes|no|on|off|[yn])[ \r\n])(\w(?:[\w!$%&'()*+,./;<=>?@^~-]|:(?=[\w/]))*)) *\r?\n?$/i;
const NOTHING = /^ *\r?\n$/;
const FIELD = new Set(
  Buffer.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'),
);

function textOf(value: string): string | undefined {
  const match = TEXT.exec(value);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

/**
 * Fields of an entry in block style, without parsing it, where they are written as nearly every tool
 * writes them; undefined for one that is missing or written in another way. Only their own lines are
 * made text: large indexes have megabytes of others.
 */
export class EntryLines {
  readonly #bytes: Buffer;
  readonly #range: Range;
  /** Where the fields stand in their lines; -1 where the entry does not begin with one. */
  readonly #column: number;

  constructor(bytes: Buffer, range: Range) {
    this.#bytes = bytes;
    this.#range = range;
    const dash = this.#skipSpace(range.start);
    const field = this.#skipSpace(dash + 1);
    const isField = bytes[dash] === DASH && field > dash + 1 && this.#isField(field);
    this.#column = isField ? field - range.start : -1;
  }

  /** The text of a field on one line. */
  text(field: string): string | undefined {
    const at = this.#find(field);
    const text = at === undefined ? undefined : textOf(this.#line(at));
    return at !== undefined && this.#isEnd(this.#after(at)) ? text : undefined;
  }

  /** The texts of a field, one on each line. */
  texts(field: string): string[] | undefined {
    const at = this.#find(field);
    if (at === undefined || !NOTHING.test(this.#line(at))) return undefined;
    const texts: string[] = [];
    let line = this.#after(at);
    let start = this.#skipSpace(line);
    for (; start < this.#range.end && this.#bytes[start] === DASH; start = this.#skipSpace(line)) {
      const text = textOf(this.#line(start + 1));
      if (text === undefined) return undefined;
      texts.push(text);
      line = this.#after(start);
    }
    return texts.length > 0 && this.#isEnd(line) ? texts : undefined;
  }

  /** Below a value must be the next field, and nothing that belongs to the value in another form. */
  #isEnd(line: number): boolean {
    const { end } = this.#range;
    const start = this.#skipSpace(line);
    if (start < end && start - line <= this.#column && this.#isField(start)) return true;
    return this.#bytes.toString('latin1', line, end).trim() === '';
  }

  /** Where the value of a field starts, behind the colon; undefined where it is not found. */
  #find(field: string): number | undefined {
    if (this.#column < 0) return undefined;
    const name = `${field}:`;
    const first = this.#range.start + this.#column;
    // From the end, where Helm's order has the fields that are asked for most.
    for (let at = this.#range.end - name.length; at > first; at -= 1)
      if (this.#isAt(at, name) && this.#isAlone(at)) return at + name.length;
    return this.#isAt(first, name) ? first + name.length : undefined;
  }

  #isAt(at: number, name: string): boolean {
    for (let i = 0; i < name.length; i += 1)
      if (this.#bytes[at + i] !== name.charCodeAt(i)) return false;
    return true;
  }

  /** Does nothing stand in front of a place but the spaces that are in front of a field? */
  #isAlone(at: number): boolean {
    let line = at;
    while (this.#bytes[line - 1] === SPACE) line -= 1;
    return at - line === this.#column && this.#bytes[line - 1] === NEWLINE;
  }

  #isField(at: number): boolean {
    return FIELD.has(this.#bytes[at] ?? 0);
  }

  #skipSpace(from: number): number {
    let at = from;
    while (this.#bytes[at] === SPACE) at += 1;
    return at;
  }

  /** The start of the line after a place. */
  #after(at: number): number {
    const { end } = this.#range;
    let next = at;
    // Faster than `indexOf`, for lines are short.
    while (next < end && this.#bytes[next] !== NEWLINE) next += 1;
    return Math.min(next + 1, end);
  }

  /** From a place to the end of its line, one byte a character. */
  #line(at: number): string {
    return this.#bytes.toString('latin1', at, this.#after(at));
  }
}
