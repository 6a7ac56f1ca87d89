import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import type { Problem } from '../errors.ts';
import { omit } from './json.ts';
import type { Json } from './types.ts';
import { refusedParts, syntaxError } from './yaml-mistakes.ts';

export type DataPath = readonly (string | number)[];

/** What a problem says besides its message, and whether it marks the key or its value. */
export type ProblemDetails = Pick<Problem, 'rule' | 'hint' | 'path'> & { at?: 'key' | 'value' };

/** An authored YAML file: its data, and where in the text each part of it stands. */
export class YamlSource {
  readonly file: string;
  readonly data: Json;
  readonly #document: Document.Parsed;
  readonly #lines: LineCounter;
  readonly #text: string;

  /** @throws Error when aliases expand to too much or cannot be merged. */
  constructor(file: string, text: string, document: Document.Parsed, lines: LineCounter) {
    this.file = file;
    this.data = document.toJS() as Json;
    this.#document = document;
    this.#lines = lines;
    this.#text = text;
  }

  /** A problem at a path of the data; a path that does not exist is marked at its nearest parent. */
  problem(path: DataPath, message: string, details: ProblemDetails = {}): Problem {
    const { at = 'value', ...rest } = details;
    return problemAtOffset(this.file, this.#text, this.#lines, this.#offset(path, at), message, {
      path: path.join('.'),
      ...rest,
    });
  }

  /** How a single value is written: `1.0` where the data has the number 1. */
  written(path: DataPath): string | undefined {
    const node = this.#document.getIn(path, true);
    return isScalar(node) ? node.source : undefined;
  }

  /**
   * The place of a character in a text. Blanks do not count: how lines are folded changes them only.
   * @param character from 0; beyond the text it is the first one.
   */
  placeInText(path: DataPath, character: number): Omit<Problem, 'message'> {
    const node = this.#document.getIn(path, true) as Node;
    const [start, end] = node.range ?? [0, 0, 0];
    const raw = this.#text.slice(start, end);
    const opening = /^(["']|[|>].*\n)?/.exec(raw)?.[0].length ?? 0;
    const characters = [...raw.slice(opening).matchAll(/\S/g)];
    const { index = 0 } = characters[character] ?? characters[0] ?? {};
    const offset = start + opening + index;
    return omit(problemAtOffset(this.file, this.#text, this.#lines, offset, ''), 'message');
  }

  #offset(path: DataPath, at: 'key' | 'value'): number {
    let node: Node | null = this.#document.contents;
    let offset = node?.range?.[0] ?? 0;
    for (const [index, key] of path.entries()) {
      if (isSeq<Node>(node)) node = node.items[Number(key)] ?? null;
      else if (isMap<Node, Node | null>(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
        if (!pair) break;
        node = pair.value;
        if (at === 'key' && index === path.length - 1) return pair.key.range?.[0] ?? offset;
        offset = pair.key.range?.[0] ?? offset;
      } else break;
      offset = node?.range?.[0] ?? offset;
    }
    return offset;
  }
}

function problemAtOffset(
  file: string,
  text: string,
  lines: LineCounter,
  offset: number,
  message: string,
  details: Pick<Problem, 'rule' | 'hint' | 'path'> = {},
): Problem {
  const { line, col } = lines.linePos(offset);
  const excerpt = text.split('\n', line)[line - 1]?.replace(/\r$/, '') ?? '';
  return { file, line, column: col, message, excerpt, ...details };
}

/**
 * Reads one YAML 1.2 document. Anchors, aliases, tags, directives, keys that are not strings and
 * numbers JSON cannot hold are refused: authored files are plain data.
 * @param options.aliases whether anchors, aliases and merge keys (`<<`) are taken nevertheless.
 * @returns the source, or undefined and what is wrong with its syntax in `problems`.
 */
export function parseYaml(
  file: string,
  content: Buffer,
  problems: Problem[],
  { aliases = false } = {},
): YamlSource | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    problems.push({ file, message: 'the file is not UTF-8 text' });
    return undefined;
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    merge: aliases,
  });
  const error = syntaxError(document);
  const found = error ? [error] : refusedParts(document, aliases);
  problems.push(
    ...found.map((part) => problemAtOffset(file, text, lines, part.offset, part.message)),
  );
  if (found.length > 0) return undefined;
  try {
    return new YamlSource(file, text, document, lines);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    problems.push(problemAtOffset(file, text, lines, 0, message));
    return undefined;
  }
}
