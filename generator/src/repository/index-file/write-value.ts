import type { Json } from '../../model/types.ts';
import { escapeUnprintable, literalLines, quote, writeText } from './write-scalar.ts';

/** Longer keys need a form of their own: YAML ends its search for the colon after 1,024 characters. */
const LONGEST_KEY = 200;

/** How values in block style are written so that they look like those beside them. */
export interface BlockStyle {
  /** What ends a line. */
  newline: string;
  /** Do the items of a list stand deeper than its key? */
  indentLists: boolean;
}

/** Writes values as YAML in block style, as Helm does; long lines are not folded. */
class BlockWriter {
  readonly #style: BlockStyle;

  constructor(style: BlockStyle) {
    this.#style = style;
  }

  /** A value whose first line starts in a column; the lines below get their indentation. */
  write(value: Json, column: number): string {
    if (typeof value === 'string') return this.#text(value, column);
    if (value === null || typeof value !== 'object') return String(value);
    if (isEmpty(value)) return Array.isArray(value) ? '[]' : '{}';
    const parts = Array.isArray(value)
      ? value.map((item) => `- ${this.write(item, column + 2)}`)
      : Object.entries(value).map(([key, item]) => this.#field(key, item, column));
    return parts.join(this.#line(column));
  }

  #line(column: number): string {
    return this.#style.newline + ' '.repeat(column);
  }

  #field(key: string, value: Json, column: number): string {
    const isLong = key.length > LONGEST_KEY;
    const start = isLong ? `? ${quote(key)}${this.#line(column)}:` : `${writeText(key)}:`;
    if (value === null || typeof value !== 'object' || isEmpty(value))
      return `${start} ${this.write(value, column + 2)}`;
    const below = column + (Array.isArray(value) && !this.#style.indentLists ? 0 : 2);
    return start + this.#line(below) + this.write(value, below);
  }

  #text(text: string, column: number): string {
    const literal = literalLines(text);
    if (!literal) return writeText(text);
    const lines = literal.lines.map((line) =>
      line === '' ? this.#style.newline : this.#line(column) + line,
    );
    return literal.header + lines.join('');
  }
}

function isEmpty(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/**
 * A value as lines in block style; text that a YAML reader could take for something else is quoted.
 * @param indent columns in front of each line.
 */
export function writeBlock(value: Json, indent: number, style: BlockStyle): string {
  return ' '.repeat(indent) + new BlockWriter(style).write(value, indent) + style.newline;
}

/** How values in flow style are written: what stands in front of a line, and of deeper ones more. */
export interface FlowStyle {
  newline: string;
  indent: string;
  unit: string;
}

/** A value as JSON, which is YAML in flow style; on one line without a style. */
export function writeFlow(value: Json, style: FlowStyle | undefined): string {
  const text = escapeUnprintable(JSON.stringify(value, null, style?.unit));
  return style ? text.replaceAll('\n', style.newline + style.indent) : text;
}
