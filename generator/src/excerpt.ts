import type { styleText } from 'node:util';
import { printable } from './text.ts';

/** Colours a text, or leaves it as it is. */
export type Style = (format: Parameters<typeof styleText>[0], text: string) => string;

export const plain: Style = (_, text) => text;

/** A line of a file, counted from 1 as its columns are. */
export interface Excerpt {
  text: string;
  line: number;
  column: number;
  /** Stands beside the marker. */
  hint?: string | undefined;
}

/** The most of a line that is shown. */
const WIDTH = 100;

/** The line with a marker under the word at the column, and the hint beside it. */
export function formatExcerpt({ text, line, column, hint }: Excerpt, style: Style): string[] {
  const from = column > WIDTH ? column - WIDTH / 2 : 0;
  const shown = text.slice(from, from + WIDTH);
  const start = column - 1 - from;
  const length = /^[\w$.-]+/.exec(shown.slice(start))?.[0].length ?? 1;
  const indent = shown.slice(0, start).replaceAll(/[^\t]/g, ' ');
  const gutter = ' '.repeat(String(line).length);
  const mark = [style('red', '^'.repeat(length))];
  if (hint !== undefined) mark.push(style('cyan', printable(hint)));
  return [`  ${line} │ ${printable(shown)}`, `  ${gutter} │ ${indent}${mark.join(' ')}`];
}
