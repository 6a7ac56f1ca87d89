import type { Range } from './types.ts';

/** What an edited file consists of: stretches of the file that it was, and what is new. */
export type Part = Range | string | Buffer;

export function isRange(part: Part): part is Range {
  return typeof part === 'object' && !Buffer.isBuffer(part);
}

/**
 * The bytes of an edited file. Texts are written where they belong: bytes of their own would be one
 * more copy of a large index.
 * @param bytes of the file that it was.
 */
export function joinParts(bytes: Buffer, parts: readonly Part[]): Buffer {
  const known = parts.map((part) => (isRange(part) ? bytes.subarray(part.start, part.end) : part));
  const length = known.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  const joined = Buffer.allocUnsafe(length);
  let at = 0;
  for (const part of known)
    at += typeof part === 'string' ? joined.write(part, at) : part.copy(joined, at);
  return joined;
}
