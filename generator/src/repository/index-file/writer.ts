import type { Json } from '../../model/types.ts';
import { type Collection, isCollection, type Layout } from './layout.ts';
import { writeText } from './write-scalar.ts';
import { type BlockStyle, type FlowStyle, writeBlock, writeFlow } from './write-value.ts';

/** Writes entries, charts and fields as those are written that stand in the file. */
export class IndexWriter {
  readonly newline: string;
  readonly #bytes: Buffer;
  readonly #block: BlockStyle;
  /** Columns in front of charts, and of entries. */
  readonly #indent: { chart: number; entry: number };

  constructor(bytes: Buffer, { entries }: Layout) {
    this.#bytes = bytes;
    const lineEnd = bytes.indexOf('\n');
    this.newline = bytes[lineEnd - 1] === 13 ? '\r\n' : '\n';
    const charts = isCollection(entries) && entries.style === 'block' ? entries : undefined;
    const lists = charts?.items.map(({ list }) => list) ?? [];
    const list = lists.find((value) => isCollection(value) && value.style === 'block');
    const chart = charts?.indent ?? 2;
    this.#indent = { chart, entry: list && isCollection(list) ? list.indent : chart };
    this.#block = {
      newline: this.newline,
      indentLists: isCollection(list) && this.#indentsLists(list),
    };
  }

  /** An entry for the list of a chart. */
  entry(value: Json, list: Collection): string {
    if (list.style === 'flow') return writeFlow(value, this.#flowStyle(list));
    const style = { ...this.#block, indentLists: this.#indentsLists(list) };
    return writeBlock([value], list.indent, style);
  }

  /** A chart for `entries`. */
  chart(name: string, entries: Json[], charts: Collection): string {
    return charts.style === 'flow'
      ? this.#flowField(name, entries, charts)
      : this.chartLines(name, entries);
  }

  /** A chart in block style. */
  chartLines(name: string, entries: Json[]): string {
    const key = `${' '.repeat(this.#indent.chart)}${writeText(name)}:${this.newline}`;
    return key + this.listLines(entries);
  }

  /** The entries of a chart in block style. */
  listLines(entries: Json[]): string {
    return writeBlock(entries, this.#indent.entry, this.#block);
  }

  /** A field for the top of the file. */
  field(name: string, value: Json, top: Collection): string {
    return top.style === 'flow'
      ? this.#flowField(name, value, top)
      : writeBlock({ [name]: value }, 0, this.#block);
  }

  /** What stands in front of the first item of a collection in flow style, on a line of its own. */
  #flowStyle({ range, items }: Collection): FlowStyle | undefined {
    const before = this.#bytes.toString('latin1', range.start, items[0]?.start ?? range.start);
    const indent = /\n([ \t]*)$/.exec(before)?.[1];
    return indent === undefined
      ? undefined
      : { newline: this.newline, indent, unit: indent.startsWith('\t') ? '\t' : '  ' };
  }

  #flowField(name: string, value: Json, collection: Collection): string {
    const style = this.#flowStyle(collection);
    return `${writeFlow(name, style)}:${style ? ' ' : ''}${writeFlow(value, style)}`;
  }

  /** Do lists in the first entry of a list stand deeper than their keys? */
  #indentsLists({ items }: Collection): boolean {
    const { start, end } = items[0] ?? { start: 0, end: 0 };
    const match = /\n( *)[\w-]+:[ \t]*\r?\n( *)- /.exec(this.#bytes.toString('latin1', start, end));
    return match !== null && (match[2]?.length ?? 0) > (match[1]?.length ?? 0);
  }
}
