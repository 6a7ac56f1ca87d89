import {
  boolYaml11Tag,
  FAILSAFE_SCHEMA,
  floatCoreTag,
  intCoreTag,
  load,
  mergeTag,
  nullYaml11Tag,
  YAMLException,
} from 'js-yaml';
import type { Json } from '../../model/types.ts';
import type { IndexDocument, IndexedEntry } from './types.ts';

const SCHEMA = FAILSAFE_SCHEMA.withTags(
  ...[nullYaml11Tag, boolYaml11Tag, intCoreTag, floatCoreTag, mergeTag],
);
/** Ends a line and could be a number: `1.10`, `0x1f`, `12e4567`. */
const NUMBER =
  /[:-] +[-+]?(?:0[xo][\da-f]+|(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?)[ \t]*(?:#.*)?\r?(?:\n|$)/i;

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
    const typed = load(text.toString(), { schema: SCHEMA }) as Json;
    return (Array.isArray(typed) ? typed[0] : typed) ?? null;
  } catch (error) {
    // It refers to parts of other entries.
    if (error instanceof YAMLException) return entry.data;
    throw error;
  }
}
