import { invalidIndex } from './yaml.ts';

const [AMPERSAND, ASTERISK, SPACE, NEWLINE] = [0x26, 0x2a, 0x20, 0x0a];
/** What may stand in front of a value, with or without spaces between. */
const BEFORE_VALUE = new Set([NEWLINE, ...Buffer.from('\t\r,:-[{?')]);
/** Values that one file may come to, each counted as often as it is used. */
const MAX_VALUES = 5_000_000;

function hasIndicator(bytes: Uint8Array, indicator: number): boolean {
  for (let at = bytes.indexOf(indicator); at >= 0; at = bytes.indexOf(indicator, at + 1)) {
    if ((bytes[at + 1] ?? SPACE) <= SPACE) continue;
    let before = at - 1;
    while (bytes[before] === SPACE) before -= 1;
    if (BEFORE_VALUE.has(bytes[before] ?? NEWLINE)) return true;
  }
  return false;
}

/** Does anything stand for something that stands elsewhere in the file? A text may look like it. */
export function mayHaveAliases(bytes: Uint8Array): boolean {
  return hasIndicator(bytes, AMPERSAND) && hasIndicator(bytes, ASTERISK);
}

/** Can a text, put into a file, make one half of an alias? */
export function mayAddAlias(bytes: Uint8Array): boolean {
  return hasIndicator(bytes, AMPERSAND) || hasIndicator(bytes, ASTERISK);
}

/**
 * Refuses a small file whose aliases of aliases stand for gigabytes.
 * @throws UserError INDEX_INVALID
 */
export function checkAliases(document: unknown, file: string): void {
  const sizes = new Map<object, number>();
  const sizeOf = (value: unknown): number => {
    if (typeof value !== 'object' || value === null) return 1;
    const known = sizes.get(value);
    if (known !== undefined) return known;
    // Until it is known it counts for too many: it then holds itself.
    sizes.set(value, Infinity);
    const size = Object.values(value).reduce<number>((sum, item) => sum + sizeOf(item), 1);
    sizes.set(value, size);
    return size;
  };
  if (sizeOf(document) > MAX_VALUES)
    throw invalidIndex(file, { message: `its aliases stand for more than ${MAX_VALUES} values` });
}
