import type { OpenFile } from './open-file.ts';

const CHUNK_SIZE = 1 << 20;

/** Bytes of another file. */
export interface FilePart {
  file: OpenFile;
  start: number;
  end: number;
}

/** What a file is to hold: bytes, or the parts of it in their order, of which a huge one is copied. */
export type Content = string | Uint8Array | readonly (Uint8Array | FilePart)[];

function partsOf(content: Content): readonly (Uint8Array | FilePart)[] {
  if (typeof content === 'string') return [Buffer.from(content)];
  return content instanceof Uint8Array ? [content] : content;
}

/** In bytes. */
export function lengthOf(content: Content): number {
  return partsOf(content).reduce(
    (sum, part) => sum + (part instanceof Uint8Array ? part.length : part.end - part.start),
    0,
  );
}

/**
 * The bytes in pieces of a mebibyte at most, each to be used before the next is asked for; fewer than
 * {@link lengthOf} says where a file has become shorter.
 */
export function* chunksOf(content: Content): Generator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK_SIZE, lengthOf(content)));
  for (const part of partsOf(content)) {
    const isBytes = part instanceof Uint8Array;
    const [first, last] = isBytes ? [0, part.length] : [part.start, part.end];
    for (let start = first; start < last; start += CHUNK_SIZE) {
      const end = Math.min(start + CHUNK_SIZE, last);
      yield isBytes
        ? part.subarray(start, end)
        : part.file.readInto(buffer.subarray(0, end - start), start);
    }
  }
}

/** All of it at once; cut off where a file has become shorter. */
export function bytesOf(content: Content): Buffer {
  const bytes = Buffer.allocUnsafe(lengthOf(content));
  let at = 0;
  for (const chunk of chunksOf(content)) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes.subarray(0, at);
}
