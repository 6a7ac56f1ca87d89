/** Which archives of a repository an index has; see listedFiles. */
export interface ListedFiles extends Iterable<string> {
  has(path: string): boolean;
}

/** For so many it takes less time to look through the text than to take it apart. */
const LOOKUPS_IN_TEXT = 10;

/** The same of a large index, as a text: one line a path, and an empty one at each end. */
export class ListedText implements ListedFiles {
  readonly text: string;
  #lookups = 0;
  #paths: ReadonlySet<string> | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** Undefined where a path has several lines. */
  static of(paths: readonly string[]): ListedText | undefined {
    const text = ['', ...paths, ''].join('\n');
    return paths.some((path) => path.includes('\n')) ? undefined : new ListedText(text);
  }

  /** These and more; undefined as above. */
  with(paths: readonly string[]): ListedText | undefined {
    const more = ListedText.of(paths);
    return more && new ListedText(this.text + more.text.slice(1));
  }

  has(path: string): boolean {
    this.#lookups += 1;
    if (this.#lookups <= LOOKUPS_IN_TEXT)
      return !path.includes('\n') && this.text.includes(`\n${path}\n`);
    this.#paths ??= new Set(this.text.split('\n').slice(1, -1));
    return this.#paths.has(path);
  }

  [Symbol.iterator](): Iterator<string> {
    return this.text.split('\n').slice(1, -1).values();
  }
}
