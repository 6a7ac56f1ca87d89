import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../../errors.ts';
import type { Json } from '../../model/types.ts';
import { type IndexData, readData } from './index-data.ts';
import type { IndexDocument, IndexEdit } from './types.ts';

function readIfValid(bytes: Buffer, file: string): IndexData | undefined {
  try {
    return readData(bytes, file);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Are all these values among the others, in their order? */
function areIn(values: readonly Json[], others: readonly Json[]): boolean {
  let position = 0;
  return values.every((value) => {
    while (position < others.length && !isDeepStrictEqual(others[position], value)) position += 1;
    position += 1;
    return position <= others.length;
  });
}

/**
 * In a file whose entries share parts, an edit of one may change another: all that was not edited
 * must be the same data afterwards.
 * @throws UserError INDEX_INVALID
 */
export function checkSharedParts(
  { file, charts, head }: IndexDocument,
  edits: readonly IndexEdit[],
  bytes: Buffer,
): void {
  const after = readIfValid(bytes, file);
  const edited = new Set(edits.map((edit) => (edit.kind === 'head' ? edit.field : edit.entry)));
  const isKept =
    after !== undefined &&
    [...head].every(
      ([field, value]) => edited.has(field) || isDeepStrictEqual(after.head.get(field), value),
    ) &&
    [...charts].every(([chart, entries]) => {
      const kept = entries.filter((entry) => !edited.has(entry)).map(({ data }) => data);
      return areIn(kept, after.charts.get(chart) ?? []);
    });
  if (isKept) return;
  throw new UserError('INDEX_INVALID', `${file}: other entries refer to what would be changed`, {
    next: 'Write its YAML aliases (*name) out first, then try again.',
  });
}
