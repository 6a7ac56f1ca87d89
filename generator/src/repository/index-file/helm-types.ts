import { YAMLException } from 'js-yaml';
import { loadGoYaml } from '../../go-yaml.ts';
import type { Json } from '../../model/types.ts';
import type { IndexDocument, IndexedEntry } from './types.ts';

/** Ends a line or an item and could be a number: `1.10`, `0x1f`, `12e4567`, `1_000`. */
const NUMBER =
  /(?:[:-] +|[[{,] *)[-+]?(?:0[box][\da-f_]+|(?:\.\d[\d_]*|\d[\d_]*(?:\.[\d_]*)?)(?:e[-+]?\d+)?)[ \t]*(?:[,\]}]|(?:#.*)?\r?(?:\n|$))/i;

/**
 * An entry in the types that Helm sees: `version: 1.10` without quotes is a number to it, which it
 * refuses where text belongs. Everywhere else it is the text that is written.
 */
export function dataInHelmTypes({ bytes, layout }: IndexDocument, entry: IndexedEntry): Json {
  const { start, end } = entry.range;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
  const mayHold = layout?.top.style === 'block' && NUMBER.test(text.toString('latin1'));
  if (!mayHold) return entry.data;
  try {
    const [typed = null] = loadGoYaml(text.toString());
    return (Array.isArray(typed) ? typed[0] : typed) ?? null;
  } catch (error) {
    // It refers to parts of other entries.
    if (error instanceof YAMLException) return entry.data;
    throw error;
  }
}
