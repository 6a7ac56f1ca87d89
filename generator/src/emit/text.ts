import type { SchemaNode } from '../model/schema-node.ts';
import { flowYaml } from './yaml.ts';

/** Paragraphs and list entries of a description, each on one line. */
export function paragraphs(text: string): string[] {
  return text
    .trim()
    .split(/\n\s*\n|\n(?=- )/)
    .map((part) => part.replaceAll(/[\s\u0085]+/g, ' '));
}

/** Breaks a line at spaces; a word that is longer than the width stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** `One of: a, b.` for a value that has a choice. */
export function choice(node: SchemaNode): string | undefined {
  return node.enum && `One of: ${node.enum.map((value) => flowYaml(value)).join(', ')}.`;
}
