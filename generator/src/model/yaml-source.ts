import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, Node } from 'yaml';
import type { Problem } from '../errors.ts';
import type { Json } from './types.ts';

export type DataPath = readonly (string | number)[];

/** What a problem says besides its message, and whether it marks the key or its value. */
export type ProblemDetails = Pick<Problem, 'rule' | 'hint' | 'path'> & { at?: 'key' | 'value' };

/** Deeper nesting than any model has; keeps recursion over the data safe. */
const DEEPEST = 64;
const TOO_DEEP = 'the data is nested too deeply';

/** An authored YAML file: its data, and where in the text each part of it stands. */
export class YamlSource {
  readonly file: string;
  readonly data: Json;
  readonly #document: Document.Parsed;
  readonly #lines: LineCounter;
  readonly #text: string;

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

  /** The line of a value, counted from 1. */
  lineOf(path: DataPath): number {
    return this.#lines.linePos(this.#offset(path, 'value')).line;
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
 * @returns the source, or undefined and what is wrong with its syntax in `problems`.
 */
export function parseYaml(
  file: string,
  content: Buffer,
  problems: Problem[],
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
  });
  const found = [...syntaxErrors(document), ...refusedParts(document)];
  problems.push(
    ...found.map((part) => problemAtOffset(file, text, lines, part.offset, part.message)),
  );
  return found.length > 0 ? undefined : new YamlSource(file, text, document, lines);
}

interface Mistake {
  offset: number;
  message: string;
}

function syntaxErrors({ errors }: Document.Parsed): Mistake[] {
  const tooDeep = errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  if (tooDeep) return [{ offset: tooDeep.pos[0], message: TOO_DEEP }];
  return errors.map(({ pos, message }) => ({ offset: pos[0], message }));
}

function refusedParts(document: Document.Parsed): Mistake[] {
  const found: Mistake[] = [];
  const refuse = (node: { range?: [number, number, number] | null }, message: string) => {
    found.push({ offset: node.range?.[0] ?? 0, message });
  };
  if (document.directives.yaml.explicit === true) {
    refuse(document, 'directives are not supported, authored files are YAML 1.2');
  }
  visit(document, {
    Alias: (_, alias) => {
      refuse(alias, 'aliases are not supported, write the value out or use $ref');
    },
    Node: (_, node, ancestors) => {
      if ('anchor' in node && node.anchor) refuse(node, 'anchors are not supported');
      if (node.tag) refuse(node, 'tags are not supported');
      if (isScalar(node) && typeof node.value === 'number' && !isExactNumber(node.value)) {
        refuse(node, 'the number cannot be held exactly, put it in quotes');
      }
      if (ancestors.length <= 2 * DEEPEST) return undefined;
      refuse(node, TOO_DEEP);
      return visit.BREAK;
    },
  });
  return found;
}

function isExactNumber(value: number): boolean {
  return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
}
