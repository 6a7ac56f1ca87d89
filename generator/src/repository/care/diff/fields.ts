import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../../model/types.ts';

export interface FieldChange {
  field: string;
  /** Absent where there was no such field. */
  before?: Json;
  /** Absent where there is no such field any more. */
  after?: Json;
}

/** The keys of both, those of the first one in front. */
export function keysOf(
  one: ReadonlyMap<string, unknown>,
  other: ReadonlyMap<string, unknown>,
): string[] {
  return [...new Set([...one.keys(), ...other.keys()])];
}

/** The fields that differ. */
export function changedFields(
  before: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
): FieldChange[] {
  return keysOf(before, after).flatMap((field) => {
    const [old, now] = [before.get(field), after.get(field)];
    if (isDeepStrictEqual(old, now)) return [];
    return [
      {
        field,
        ...(old !== undefined && { before: old }),
        ...(now !== undefined && { after: now }),
      },
    ];
  });
}
