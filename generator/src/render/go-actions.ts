/** A `{{ … }}` of a Go template. */
export interface GoAction {
  /** Offset of `{{`. */
  start: number;
  /** What stands between the braces; strings and comments are blanked, so offsets stay true. */
  code: string;
}

/** A mistake at a place of a Go template. */
export interface GoProblem {
  offset: number;
  length: number;
  message: string;
}

export interface GoScan {
  actions: GoAction[];
  /** Braces and quotes without a partner. */
  problems: GoProblem[];
}

// Comments and the three kinds of literals (text/template/parse/lex.go), then the braces and quotes
// that nothing closes.
const TOKEN = /\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])*'|\{\{|\}\}|["`']/g;
const QUOTES = new Set(['"', '`', "'"]);

/** Finds the actions of a Go template, and the braces and quotes that do not pair. */
export function scanGoTemplate(text: string): GoScan {
  const scan: GoScan = { actions: [], problems: [] };
  let offset = 0;
  for (;;) {
    const start = text.indexOf('{{', offset);
    const stray = text.indexOf('}}', offset);
    if (stray !== -1 && (start === -1 || stray < start)) {
      scan.problems.push({ offset: stray, length: 2, message: '"}}" closes nothing' });
      offset = stray + 2;
      continue;
    }
    if (start === -1) return scan;
    offset = scanAction(text, start, scan);
  }
}

/** Reads one action; the offset to go on from. */
function scanAction(text: string, start: number, scan: GoScan): number {
  let code = '';
  let from = start + 2;
  TOKEN.lastIndex = from;
  for (let token = TOKEN.exec(text); token; token = TOKEN.exec(text)) {
    const [found] = token;
    code += text.slice(from, token.index);
    from = TOKEN.lastIndex;
    if (found === '{{') break;
    if (found === '}}') {
      scan.actions.push({ start, code });
      return from;
    }
    if (QUOTES.has(found)) {
      scan.problems.push({ offset: token.index, length: 1, message: `${found} is not closed` });
      const end = text.indexOf('}}', from);
      return end === -1 ? text.length : end + 2;
    }
    code += ' '.repeat(found.length);
  }
  scan.problems.push({ offset: start, length: 2, message: '"{{" is not closed' });
  return start + 2;
}
