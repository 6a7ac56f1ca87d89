/** A line of Markdown that is no part of a code block or a comment, or one that is. */
export interface MarkdownLine {
  text: string;
  /** False in code blocks and comments, where nothing has a meaning. */
  isMarkup: boolean;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** Splits a text into lines, whichever ends they have, and tells code and comments from markup. */
export function markdownLines(text: string): MarkdownLine[] {
  let fence: string | undefined;
  let inComment = false;
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => {
      const mark = inComment ? undefined : FENCE.exec(line)?.[1];
      const isMarkup = fence === undefined && mark === undefined && !inComment;
      if (fence === undefined) {
        fence = mark;
        if (mark === undefined) inComment = isCommentOpen(line, inComment);
      } else if (mark?.startsWith(fence) === true) fence = undefined;
      return { text: line, isMarkup };
    });
}

/** Is a comment open at the end of a line? */
function isCommentOpen(line: string, before: boolean): boolean {
  const [opening, closing] = [line.lastIndexOf('<!--'), line.lastIndexOf('-->')];
  return opening === closing ? before : opening > closing;
}

export interface Heading {
  /** 1 for the uppermost. */
  level: number;
  text: string;
  /** How many lines it takes. */
  lines: number;
}

/** The heading that begins at a line, `## text` or text that is underlined. */
export function headingAt(lines: readonly MarkdownLine[], position: number): Heading | undefined {
  const [line, next] = [lines[position], lines[position + 1]];
  if (line?.isMarkup !== true) return undefined;
  const [, marks, text] = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/.exec(line.text) ?? [];
  if (marks !== undefined && text !== undefined) return { level: marks.length, text, lines: 1 };
  const underline = next?.isMarkup === true ? /^ {0,3}(?:(=+)|-+)[ \t]*$/.exec(next.text) : null;
  if (!underline || !/^ {0,3}\w|^ {0,3}\[/.test(line.text)) return undefined;
  return { level: underline[1] === undefined ? 2 : 1, text: line.text.trim(), lines: 2 };
}

const DEFINITION = /^ {0,3}\[([^\][]{1,999})\]:[ \t]*\S/;

/** The label of a link definition, `[label]: https://…`. */
function definedLabel({ text, isMarkup }: MarkdownLine): string | undefined {
  return isMarkup ? DEFINITION.exec(text)?.[1]?.toLowerCase() : undefined;
}

/** Where the lines of a text define links: label → line. Of several the first one counts. */
export function linkDefinitions(lines: readonly MarkdownLine[]): Map<string, string> {
  const definitions = new Map<string, string>();
  for (const line of lines) {
    const label = definedLabel(line);
    if (label !== undefined && !definitions.has(label)) definitions.set(label, line.text);
  }
  return definitions;
}

/** A part of a text by itself: without blank lines around it, with the links that it uses. */
export function excerptOf(
  part: readonly MarkdownLine[],
  definitions: ReadonlyMap<string, string>,
): string {
  const kept = part.filter((line) => definedLabel(line) === undefined).map(({ text }) => text);
  const body = kept
    .join('\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
  const used = new Set(
    [...body.matchAll(/\[([^\][]{1,999})\]/g)].map(([, label = '']) => label.toLowerCase()),
  );
  const links = [...definitions].filter(([label]) => used.has(label)).map(([, line]) => line);
  return links.length === 0 ? body : `${body}\n\n${links.join('\n')}`;
}
