import { linePatterns, matches, type LinePattern } from './line-pattern.ts';

/** Above this many pairs of lines the search would cost more than it helps. */
const MOST_PAIRS = 4_000_000;

/** Finds the line of a template that a rendered line comes from, both from 1. */
export type FindTemplateLine = (line: number) => number | undefined;

/**
 * Aligns a template with a document that it rendered by their literal parts. A line that comes
 * from another template belongs to the call that printed it; undefined is answered when nothing fits.
 */
export function alignTemplate(template: string, rendered: string): FindTemplateLine {
  const patterns = linePatterns(template);
  const lines = rendered.split('\n');
  if (patterns.length * lines.length > MOST_PAIRS) return () => undefined;
  const origins = align(patterns, lines);
  return (line) => {
    const exact = origins[line - 1] ?? onlyMatch(patterns, lines[line - 1] ?? '');
    if (exact !== undefined) return exact + 1;
    const before = origins.slice(0, line - 1).findLast((origin) => origin !== undefined);
    const after = origins.slice(line).find((origin) => origin !== undefined);
    const call = onlyCall(patterns, before ?? 0, after ?? patterns.length);
    const found = call ?? before;
    return found === undefined ? undefined : found + 1;
  };
}

/** The heaviest common sequence; for each rendered line the template's line, from 0. */
function align(
  patterns: readonly (LinePattern | undefined)[],
  lines: readonly string[],
): (number | undefined)[] {
  const width = lines.length + 1;
  const weights = new Uint32Array((patterns.length + 1) * width);
  const at = (row: number, column: number) => weights[row * width + column] ?? 0;
  const isMatch = (pattern: LinePattern | undefined, column: number): pattern is LinePattern =>
    pattern !== undefined && matches(pattern, lines[column] ?? '');
  for (let row = patterns.length - 1; row >= 0; row -= 1)
    for (let column = lines.length - 1; column >= 0; column -= 1) {
      const pattern = patterns[row];
      const both = isMatch(pattern, column) ? pattern.weight + at(row + 1, column + 1) : 0;
      weights[row * width + column] = Math.max(both, at(row + 1, column), at(row, column + 1));
    }
  const origins: (number | undefined)[] = Array.from({ length: lines.length });
  let [row, column] = [0, 0];
  while (row < patterns.length && column < lines.length) {
    const pattern = patterns[row];
    const best = at(row, column);
    if (isMatch(pattern, column) && best === pattern.weight + at(row + 1, column + 1)) {
      origins[column] = row;
      row += 1;
      column += 1;
    } else if (best === at(row + 1, column)) row += 1;
    else column += 1;
  }
  return origins;
}

/** A loop prints one line several times; it is found where no other line could have printed it. */
function onlyMatch(
  patterns: readonly (LinePattern | undefined)[],
  line: string,
): number | undefined {
  const found = patterns.flatMap((pattern, index) =>
    pattern && matches(pattern, line) ? [index] : [],
  );
  return found.length === 1 ? found[0] : undefined;
}

/** The one call from `first` (it may print further lines itself) up to a line. */
function onlyCall(
  patterns: readonly (LinePattern | undefined)[],
  first: number,
  end: number,
): number | undefined {
  const calls = patterns.flatMap((pattern, index) =>
    index >= first && index < end && pattern?.isCall === true ? [index] : [],
  );
  return calls.length === 1 ? calls[0] : undefined;
}
