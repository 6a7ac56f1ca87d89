const [NEWLINE, QUOTE, HASH, APOSTROPHE, BACKSLASH] = [0x0a, 0x22, 0x23, 0x27, 0x5c];
export const [COMMA, COLON, LIST_START, MAP_START] = [0x2c, 0x3a, 0x5b, 0x7b];
const OPENING = new Set([LIST_START, MAP_START]);
/** The brackets at the end of a collection. */
export const CLOSING = new Set(Buffer.from(']}'));
const SPACE = new Set(Buffer.from(' \t\r\n'));
const AFTER_COLON = new Set([...SPACE, ...CLOSING, ...OPENING, COMMA]);

/** The first byte at or after a place that is neither white space nor of a comment. */
export function skipSpace(bytes: Uint8Array, start: number): number {
  let at = start;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === HASH && (at === 0 || SPACE.has(bytes[at - 1] ?? 0))) {
      const end = bytes.indexOf(NEWLINE, at);
      at = end < 0 ? bytes.length : end;
    } else if (!SPACE.has(byte)) return at;
  }
  return at;
}

function quotedEnd(bytes: Uint8Array, start: number): number {
  const quote = bytes[start];
  for (let at = start + 1; at < bytes.length; at += 1) {
    // Two apostrophes stand for one.
    const isPair = quote === APOSTROPHE && bytes[at] === quote && bytes[at + 1] === quote;
    if (isPair || (bytes[at] === BACKSLASH && quote === QUOTE)) at += 1;
    else if (bytes[at] === quote) return at + 1;
  }
  return bytes.length;
}

function isColon(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === COLON && (at + 1 >= bytes.length || AFTER_COLON.has(bytes[at + 1] ?? 0));
}

function plainEnd(bytes: Uint8Array, start: number): number {
  let end = start;
  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === COMMA || OPENING.has(byte) || CLOSING.has(byte) || isColon(bytes, at)) break;
    if (byte === HASH && SPACE.has(bytes[at - 1] ?? 0)) break;
    if (!SPACE.has(byte)) end = at + 1;
  }
  return end;
}

/** The end of the text, quoted or not, that starts at a place. */
export function scalarEnd(bytes: Uint8Array, start: number): number {
  const first = bytes[start];
  return first === QUOTE || first === APOSTROPHE ? quotedEnd(bytes, start) : plainEnd(bytes, start);
}

/** The end of the value in flow style that starts at a place; undefined where there is none. */
export function flowEnd(bytes: Uint8Array, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < bytes.length; at = skipSpace(bytes, at)) {
    const byte = bytes[at] ?? 0;
    if (OPENING.has(byte)) depth += 1;
    else if (CLOSING.has(byte)) depth -= 1;
    const isPunctuation = OPENING.has(byte) || CLOSING.has(byte) || byte === COMMA;
    const end = isPunctuation || isColon(bytes, at) ? at + 1 : scalarEnd(bytes, at);
    if (end === at) return undefined;
    at = end;
    if (depth <= 0) return depth < 0 ? undefined : at;
  }
  return undefined;
}

/** The key that a text stands for; undefined for what is no plain or quoted key on one line. */
export function keyOf(text: string): string | undefined {
  if (text.startsWith("'"))
    return /^'(?:[^'\n]|'')*'$/.test(text) ? text.slice(1, -1).replaceAll("''", "'") : undefined;
  if (!text.startsWith('"'))
    return /^[^\s\-?:,[\]{}#&*!|>'"%@`][^\n\t]*$/.test(text) ? text : undefined;
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}
