/** A piece of what stands between `{{` and `}}`. */
export interface Token {
  type: 'text' | 'literal' | 'number' | 'variable' | 'field' | 'dot' | 'word' | 'mark';
  text: string;
  /** In the template's text. */
  offset: number;
  /** Whether it stands right behind the token before: `.b` in `.a.b`, not in `.a .b`. */
  joined: boolean;
}

const KINDS: readonly [Token['type'], string][] = [
  ['text', String.raw`"(?:\\.|[^"\\\n])*"|` + '`[^`]*`'],
  ['literal', String.raw`'(?:\\.|[^'\\\n])*'`],
  ['variable', String.raw`\$[\p{L}\p{N}_]*`],
  ['field', String.raw`\.[\p{L}_][\p{L}\p{N}_]*`],
  ['number', String.raw`[-+]?\.?\p{N}[\p{L}\p{N}_.]*`],
  ['dot', String.raw`\.`],
  ['word', String.raw`[\p{L}_][\p{L}\p{N}_]*`],
  ['mark', ':=|[=|(),]'],
];
const TOKEN = new RegExp(KINDS.map(([type, pattern]) => `(?<${type}>${pattern})`).join('|'), 'uy');

/**
 * The tokens of an action.
 * @param start offset of the code in its template.
 * @returns undefined for what Go would not take either.
 */
export function tokensOf(code: string, start: number): Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  let joined = false;
  while (at < code.length) {
    if (/\s/.test(code.charAt(at))) {
      at += 1;
      joined = false;
      continue;
    }
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(code);
    if (!match) return undefined;
    const [text] = match;
    const [type] = KINDS.find(([name]) => match.groups?.[name] !== undefined) ?? ['mark'];
    tokens.push({ type, text, offset: start + at, joined });
    at += text.length;
    joined = true;
  }
  return tokens;
}

/** What a string literal stands for; escapes that JSON does not have stay as they are written. */
export function textOf(literal: string): string {
  if (literal.startsWith('`')) return literal.slice(1, -1);
  try {
    return JSON.parse(literal.replaceAll('\t', String.raw`\t`)) as string;
  } catch {
    return literal.slice(1, -1);
  }
}
