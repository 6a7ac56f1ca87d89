// Handlebars knows `{{ }}` only. Every brace of the author becomes a private character, then
// `<% %>` become Handlebars' braces. All swaps keep the length, so positions stay true.
const OPEN = '\uE000';
const CLOSE = '\uE001';
const BACKSLASH = '\uE002';

/** The characters a source must not hold; the last two are those of {@link ./lines.ts}. */
export const RESERVED = /[\uE000-\uE004]/;

/** Source with `<% %>` → text for Handlebars, the same length, in which Go's actions are plain text. */
export function hideGoActions(source: string): string {
  return source
    .replaceAll('{', OPEN)
    .replaceAll('}', CLOSE)
    .replaceAll(/\\(?=<%)/g, BACKSLASH) // Handlebars reads `\{{` as an escape
    .replaceAll('<%', '{{')
    .replaceAll('%>', '}}');
}

/** Undoes {@link hideGoActions} in rendered text. */
export function showGoActions(text: string): string {
  return text.replaceAll(OPEN, '{').replaceAll(CLOSE, '}').replaceAll(BACKSLASH, '\\');
}
