import Handlebars from 'handlebars';
import type { Problem } from '../errors.ts';
import { columnOf, occurrences, positionAt, problemAt } from './position.ts';

// Rendered text carries a mark at the start of each source line, `U+E003 id:line U+E004`, which is
// read and taken out again: messages about finished text then name the line an author wrote.
const MARK = /\uE003(\d+):(\d+)\uE004/g;

/** An authored text. */
export interface Source {
  file: string;
  text: string;
}

/** A text whose lines bear marks with its id. */
export interface MarkedSource extends Source {
  id: number;
}

/** Finished text that knows for each of its lines where it was written. */
export interface Traced {
  text: string;
  origins: readonly { source: Source; line: number }[];
}

/** Puts the marks into a template that Handlebars has freed of the lines of its blocks. */
export class LineMarker extends Handlebars.Visitor {
  readonly #id: number;

  constructor(id: number) {
    super();
    this.#id = id;
  }

  override ContentStatement(content: hbs.AST.ContentStatement): void {
    const lines = content.value.split('\n');
    // Only blanks are taken from the end of a content, lines from its start.
    const first = content.loc.end.line - lines.length + 1;
    const mark = (line: string, index: number) =>
      line === '' ? line : `\uE003${this.#id}:${first + index}\uE004${line}`;
    content.value = lines.map(mark).join('\n');
  }
}

/** Takes the marks out; a line without one belongs to the line before, at first to the first source. */
export function readMarks(
  marked: string,
  sources: readonly [MarkedSource, ...MarkedSource[]],
): Traced {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const origins: Traced['origins'][number][] = [];
  const lines = marked.split('\n').map((line) => {
    const [mark] = line.matchAll(MARK);
    const source = byId.get(Number(mark?.[1]));
    const before = origins.at(-1) ?? { source: sources[0], line: 1 };
    origins.push(source ? { source, line: Number(mark?.[2]) } : before);
    return line.replaceAll(MARK, '').trimEnd();
  });
  return { text: `${lines.join('\n').trimEnd()}\n`, origins };
}

/** A copied file: each line stands for itself. */
export function untouched(source: Source): Traced {
  const origins = source.text.split('\n').map((_, index) => ({ source, line: index + 1 }));
  return { text: source.text, origins };
}

/** A problem of finished text, told at the line an author wrote. */
export function problemIn(
  { text, origins }: Traced,
  { offset, length }: { offset: number; length: number },
  message: string,
  hint?: string,
): Problem {
  const { line, column } = positionAt(text, offset);
  const origin = origins[line - 1];
  if (!origin) throw new Error(`no origin of line ${line}`);
  const { source } = origin;
  const shown = text.slice(offset, offset + length);
  const skip = occurrences(text.slice(offset - column + 1, offset), shown).length;
  const written = source.text.split('\n')[origin.line - 1] ?? '';
  const place = { line: origin.line, column: columnOf(written, shown, skip) };
  return problemAt(source.file, source.text, place, message, hint);
}
