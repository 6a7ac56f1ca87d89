/** Whether a text is like a pattern in which `*` stands for any text. */
export function matchesGlob(text: string, pattern: string): boolean {
  return matchesParts(text, pattern.split('*'));
}

/** Whether a text is made of some parts, in their order, with any text between them. */
export function matchesParts(text: string, parts: readonly string[]): boolean {
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let from = first.length;
  for (const part of others) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return from <= text.length - last.length;
}
