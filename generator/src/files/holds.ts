import { chunksOf, type Content, lengthOf } from './content.ts';
import { OpenFile } from './open-file.ts';

/**
 * Does a file hold these bytes and no others? Read piece by piece, so that a huge one needs no
 * memory.
 * @throws a system error when it cannot be read.
 */
export function fileHolds(path: string, content: Content): boolean {
  const file = new OpenFile(path);
  try {
    if (file.status.size !== BigInt(lengthOf(content))) return false;
    let buffer = Buffer.of();
    let at = 0;
    for (const chunk of chunksOf(content)) {
      if (buffer.length < chunk.length) buffer = Buffer.allocUnsafe(chunk.length);
      if (!file.readInto(buffer.subarray(0, chunk.length), at).equals(chunk)) return false;
      at += chunk.length;
    }
    return BigInt(at) === file.status.size;
  } finally {
    file.close();
  }
}
