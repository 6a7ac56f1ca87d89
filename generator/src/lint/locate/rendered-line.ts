import { LineCounter, parseDocument } from 'yaml';
import { YamlSource } from '../../model/yaml-source.ts';
import type { ObjectPath } from '../rule.ts';

export interface TextPlace {
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
}

/** Where the parts of a YAML document stand in its text. */
export interface YamlPlaces {
  has(path: ObjectPath): boolean;
  get(path: ObjectPath): unknown;
  /** Of a path that there is not, the place of its nearest parent. */
  find(path: ObjectPath, at: 'key' | 'value'): TextPlace | undefined;
}

/** Reads a YAML 1.1 document; nothing is found in what is not YAML. */
export function placesInYaml(text: string): YamlPlaces {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    version: '1.1',
  });
  if (document.errors.length > 0)
    return { has: () => false, get: () => undefined, find: () => undefined };
  let source: YamlSource;
  try {
    source = new YamlSource('', text, document, lines);
  } catch {
    // Aliases that expand to too much.
    return { has: () => false, get: () => undefined, find: () => undefined };
  }
  return {
    has: (path) => document.hasIn(path),
    get: (path) => document.getIn(path),
    find(path, at) {
      const depth = path.findIndex((_, index) => !document.hasIn(path.slice(0, index + 1)));
      const known = depth === -1 ? path : path.slice(0, depth);
      const { line, column } = source.problem(known, '', { at: depth === -1 ? at : 'key' });
      return line === undefined || column === undefined ? undefined : { line, column };
    },
  };
}
