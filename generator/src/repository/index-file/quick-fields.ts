/** What is asked of every entry of an index. */
export interface QuickFields {
  version: string | undefined;
  digest: string | undefined;
  urls: readonly string[];
}

// To the end of a line, a text that every YAML reader takes for itself: in quotes without escapes, or
// bare, beginning with a letter or digit, and no word such as `null`.
const TEXT =
  / +(?:"([\x20\x21\x23-\x5b\x5d-\x7e]*)"|'([\x20-\x26\x28-\x7e]*)'|(?!(?:null|true|false|yes|no|on|off|[yn])[ \r\n])(\w(?:[\w!$%&'()*+,./;<=>?@^~-]|:(?=[\w/]))*)) *\r?(?:\n|$)/iy;
const END_OF_LINE = / *\r?\n/y;

/** Reads the lines of one entry. */
class EntryText {
  readonly #text: string;
  /** What is in front of each field but the first. */
  readonly #lead: string;

  constructor(text: string, column: number) {
    this.#text = text;
    this.#lead = `\n${' '.repeat(column)}`;
  }

  /** Where the value of a field starts, behind the colon; undefined where it is not found. */
  find(field: string): number | undefined {
    const { length } = this.#lead;
    const name = `${field}:`;
    if (this.#text.startsWith(name, length - 1)) return length - 1 + name.length;
    const at = this.#text.indexOf(this.#lead + name);
    return at < 0 ? undefined : at + length + name.length;
  }

  /** The text of a field on one line. */
  text(field: string): string | undefined {
    const at = this.find(field);
    return at === undefined ? undefined : this.#textAt(at)?.text;
  }

  /** The texts of a field, one on each line. */
  texts(field: string): string[] | undefined {
    END_OF_LINE.lastIndex = this.find(field) ?? this.#text.length;
    if (!END_OF_LINE.test(this.#text)) return undefined;
    const texts: string[] = [];
    let at = END_OF_LINE.lastIndex;
    for (let dash = this.#dash(at); dash !== undefined; dash = this.#dash(at)) {
      const item = this.#textAt(dash + 1);
      if (!item) return undefined;
      texts.push(item.text);
      at = item.end;
    }
    // Below must be the next field, and nothing that belongs to the list in another form.
    const isEnd =
      at >= this.#text.length || /^ *\w/.test(this.#text.slice(at, at + this.#lead.length));
    return isEnd && texts.length > 0 ? texts : undefined;
  }

  #textAt(at: number): { text: string; end: number } | undefined {
    TEXT.lastIndex = at;
    const match = TEXT.exec(this.#text);
    const text = match?.[1] ?? match?.[2] ?? match?.[3];
    return text === undefined ? undefined : { text, end: TEXT.lastIndex };
  }

  /** The dash that a line begins with. */
  #dash(line: number): number | undefined {
    let at = line;
    while (this.#text[at] === ' ') at += 1;
    return this.#text[at] === '-' ? at : undefined;
  }
}

/**
 * Some fields of an entry in block style, without parsing it, where they are written as nearly every
 * tool writes them; undefined where one is missing or written in another way.
 * @param entry its lines, one byte a character.
 */
export function quickFields(entry: string): QuickFields | undefined {
  const column = /^ *- +(?=\w)/.exec(entry)?.[0].length;
  if (column === undefined) return undefined;
  const text = new EntryText(entry, column);
  const version = text.text('version');
  const digest = text.text('digest');
  const urls = text.texts('urls');
  return version === undefined || digest === undefined || !urls
    ? undefined
    : { version, digest, urls };
}
