import type { Range } from './types.ts';

/** In lines by indentation, or between brackets and commas as in JSON. */
export type Style = 'block' | 'flow';

/** Things that follow one another in the file: the entries of a chart, or all charts. */
export interface Collection<Item extends Range = Range> {
  style: Style;
  /** Where the first item stands or would stand, to the end of the last one. */
  range: Range;
  /** Columns in front of each item; of block style only. */
  indent: number;
  /**
   * Each without the comments above it: those stand between the end of the one before and its start.
   * In block style whole lines.
   */
  items: Item[];
}

/** A key and its value, from the key to the end of the value. */
export interface Field extends Range {
  key: string;
}

/** A chart; without entries `list` is what stands in their place, such as `[]`. */
export interface ChartLayout extends Field {
  list: Collection | Range;
}

/** Where everything is in an index file. */
export interface Layout {
  /** Everything at the top; that of the entries among them. */
  top: Collection<Field>;
  /** Without charts what stands in their place, such as `{}`; undefined where the key is missing. */
  entries: Collection<ChartLayout> | Range | undefined;
}

export function isCollection<Item extends Range>(
  value: Collection<Item> | Range | undefined,
): value is Collection<Item> {
  return value !== undefined && 'items' in value;
}
