/** A `{{ … }}` of a Go template. */
export interface GoAction {
  /** Offset of `{{`. */
  start: number;
  /** What stands between the braces; strings and comments are blanked, so offsets stay true. */
  code: string;
}

export interface GoScan {
  actions: GoAction[];
  /** Braces without a partner. */
  problems: { offset: number; message: string }[];
}

// Comments and the three kinds of literals (text/template/parse/lex.go), then the braces and quotes
// that nothing closes.
const TOKEN = /\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])*'|\{\{|\}\}|["`']/g;
const UNCLOSED = new Set(['{{', '"', '`', "'"]);

/** Finds the actions of a Go template and the braces that do not pair. */
export function scanGoTemplate(text: string): GoScan {
  const scan: GoScan = { actions: [], problems: [] };
  let offset = 0;
  for (;;) {
    const start = text.indexOf('{{', offset);
    const stray = text.indexOf('}}', offset);
    if (stray !== -1 && (start === -1 || stray < start)) {
      scan.problems.push({ offset: stray, message: '"}}" closes nothing' });
      offset = stray + 2;
      continue;
    }
    if (start === -1) return scan;
    const end = scanAction(text, start, scan);
    if (end === undefined) {
      scan.problems.push({ offset: start, message: '"{{" is not closed' });
      offset = start + 2;
    } else offset = end;
  }
}

/** Reads one action; the offset behind it, or undefined when it is not closed. */
function scanAction(text: string, start: number, scan: GoScan): number | undefined {
  let code = '';
  let from = start + 2;
  TOKEN.lastIndex = from;
  for (let token = TOKEN.exec(text); token; token = TOKEN.exec(text)) {
    code += text.slice(from, token.index);
    from = TOKEN.lastIndex;
    if (UNCLOSED.has(token[0])) return undefined;
    if (token[0] === '}}') {
      scan.actions.push({ start, code });
      return from;
    }
    code += ' '.repeat(token[0].length);
  }
  return undefined;
}
