import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const CHUNK_SIZE = 1 << 20;

/**
 * Does a file hold these bytes and no others? Read piece by piece, so that a huge one needs no
 * memory.
 * @throws a system error when it cannot be read.
 */
export function fileHolds(path: string, content: Uint8Array): boolean {
  const descriptor = openSync(path, 'r');
  try {
    if (fstatSync(descriptor).size !== content.length) return false;
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_SIZE, content.length));
    for (let offset = 0; offset < content.length;) {
      const length = readSync(descriptor, chunk, { position: offset });
      const expected = content.subarray(offset, offset + length);
      if (length === 0 || chunk.compare(expected, 0, expected.length, 0, length) !== 0)
        return false;
      offset += length;
    }
    return true;
  } finally {
    closeSync(descriptor);
  }
}
