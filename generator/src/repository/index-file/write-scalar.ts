/** Words that YAML 1.1 or 1.2, or Go's parser, take for something else than text. */
const RESERVED = new Set(
  ['null', 'true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n'].flatMap((word) => [
    word,
    word.toUpperCase(),
    (word[0] ?? '').toUpperCase() + word.slice(1),
  ]),
);
/** Begins with a letter, not as `e1`, and holds nothing that means something to YAML. */
const WORDS =
  /^(?![eE][-+\d])[A-Za-z/](?:[\w!"#$%&'()*+,./;<=>?@[\\\]^`{|}~-]| (?!#)|:(?=[\w/]))*$/;
/** Two dots make it a version: no number has them, and a date has none. */
const VERSION = /^\d+\.\d+\.\d+(?:[-+][\w.+-]*)?$/;
/** Hex digits with a letter that is in no number; not 0b1, which Go's parser takes for one. */
const DIGEST = /^(?!0b|e\d)[\da-f]*[a-df][\da-f]*$/;
/** Characters that a YAML file may not hold, or that end a line in one. */
const UNPRINTABLE = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;
/** Half a character, which UTF-8 cannot hold. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

function isPlain(text: string): boolean {
  if (WORDS.test(text)) return !RESERVED.has(text) && !text.endsWith(' ');
  return VERSION.test(text) || DIGEST.test(text);
}

/** JSON that is YAML as well. */
export function escapeUnprintable(json: string): string {
  return json.replaceAll(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A text in double quotes. */
export function quote(text: string): string {
  return escapeUnprintable(JSON.stringify(text.replaceAll(LONE_SURROGATE, '\ufffd')));
}

/** A text on one line, in quotes where a reader could take it for anything else. */
export function writeText(text: string): string {
  return isPlain(text) ? text : quote(text);
}

/** Lines that stand as they are below a `|`; undefined for a text that cannot. */
export function literalLines(text: string): { header: string; lines: string[] } | undefined {
  const isLiteral =
    text.includes('\n') &&
    /^\S/.test(text) &&
    !/(?![\n\t])\p{Control}|[ \t](?:\n|$)|\n\n$/u.test(text) &&
    text.search(UNPRINTABLE) < 0 &&
    text.search(LONE_SURROGATE) < 0;
  if (!isLiteral) return undefined;
  const ended = text.endsWith('\n');
  return { header: ended ? '|' : '|-', lines: (ended ? text.slice(0, -1) : text).split('\n') };
}
