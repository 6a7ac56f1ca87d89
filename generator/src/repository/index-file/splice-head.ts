import type { Json } from '../../model/types.ts';
import { type Slot, type Splice, spliceCollection } from './splices.ts';
import type { Target } from './target.ts';
import type { IndexEdit } from './types.ts';

/** What makes the fields at the top of an index what the edits say. */
export function spliceHead(target: Target, edits: readonly IndexEdit[]): Splice[] {
  const {
    layout: { top },
    bytes,
    writer,
  } = target;
  const values = new Map<string, Json | undefined>();
  for (const edit of edits) if (edit.kind === 'head') values.set(edit.field, edit.value);
  if (values.size === 0) return [];
  const slots = top.items.flatMap(({ key }, position): Slot<string>[] => {
    if (!values.has(key)) return [{ kind: 'kept', position }];
    const value = values.get(key);
    values.delete(key);
    if (value === undefined) return [];
    return [{ kind: 'written', position, value: writer.field(key, value, top) }];
  });
  for (const [key, value] of values)
    if (value !== undefined) slots.push({ kind: 'written', value: writer.field(key, value, top) });
  return spliceCollection(bytes, top, slots);
}
