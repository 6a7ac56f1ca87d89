/** A `{{ … }}` of a template. */
export interface Action {
  /** Offset of `{{`. */
  offset: number;
  /** What stands between the braces, without trim markers; empty for a comment. */
  code: string;
  /** What stands between the comment's marks. */
  comment?: string;
}

const COMMENT = /(?:-\s)?\/\*/y;
const COMMENT_END = /(?:\s-)?\}\}/y;
/** The three kinds of literals, the end, and quotes that nothing closes (text/template/parse/lex.go). */
const PART = /"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])*'|\}\}|["'`]/g;

/** The actions of a Go template, up to one that does not end, for which `isWhole` is false. */
export function readActions(text: string): { actions: Action[]; isWhole: boolean } {
  const actions: Action[] = [];
  let start = text.indexOf('{{');
  while (start !== -1) {
    const end = readComment(text, start, actions) ?? readCode(text, start, actions);
    if (end === -1) return { actions, isWhole: false };
    start = text.indexOf('{{', end);
  }
  return { actions, isWhole: true };
}

/** Where the comment at an offset ends, -1 when it does not; undefined where there is none. */
function readComment(text: string, offset: number, actions: Action[]): number | undefined {
  COMMENT.lastIndex = offset + 2;
  if (!COMMENT.test(text)) return undefined;
  const start = COMMENT.lastIndex;
  const end = text.indexOf('*/', start);
  COMMENT_END.lastIndex = end + 2;
  if (end === -1 || !COMMENT_END.test(text)) return -1;
  actions.push({ offset, code: '', comment: text.slice(start, end) });
  return COMMENT_END.lastIndex;
}

function readCode(text: string, offset: number, actions: Action[]): number {
  PART.lastIndex = offset + 2;
  for (let part = PART.exec(text); part; part = PART.exec(text)) {
    if (part[0].length === 1) return -1;
    if (part[0] !== '}}') continue;
    const code = text.slice(offset + 2, part.index);
    actions.push({ offset, code: code.replace(/^-(?=\s)/, ' ').replace(/(?<=\s)-$/, ' ') });
    return PART.lastIndex;
  }
  return -1;
}
