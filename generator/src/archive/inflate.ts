import { gunzipSync } from 'node:zlib';
import { MAX_CHART_SIZE } from './limits.ts';

/** What is wrong with an archive, said of "it". */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

/** Codes of Node's zlib, and what they mean for an archive. */
const MEANINGS: Readonly<Record<string, string>> = {
  ERR_BUFFER_TOO_LARGE: `it unpacks to more than ${MAX_CHART_SIZE} bytes`,
  Z_BUF_ERROR: 'it is cut off',
};

/** What is unpacked comes in pieces of this size at least, large enough not to share memory. */
const MIN_CHUNK_SIZE = 256 * 1024;

/** The size that the end of a gzip file claims: right for any honest one, and no more than a hint. */
function claimedSize(gzip: Uint8Array): number {
  const end = Buffer.from(gzip.subarray(-4));
  return end.length < 4 ? 0 : end.readUInt32LE();
}

/** Unpacks with Node's own zlib, which is fast; only packing needs the same bytes everywhere. */
function inflate(gzip: Uint8Array): Buffer<ArrayBuffer> {
  if (gzip[0] !== 0x1f || gzip[1] !== 0x8b) throw new ArchiveError('it is not a gzip file');
  // In one piece, so that nothing is copied; the byte more saves zlib from asking for another one.
  const chunkSize = Math.max(MIN_CHUNK_SIZE, Math.min(claimedSize(gzip) + 1, MAX_CHART_SIZE));
  try {
    return gunzipSync(gzip, { chunkSize, maxOutputLength: MAX_CHART_SIZE });
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new ArchiveError(MEANINGS[code] ?? message, { cause: error });
  }
}

/** Reads unpacked bytes from the front. */
export class InflatedBytes {
  readonly #bytes: Buffer<ArrayBuffer>;
  #offset = 0;

  constructor(gzip: Uint8Array) {
    this.#bytes = inflate(gzip);
  }

  get isAtEnd(): boolean {
    return this.#offset === this.#bytes.length;
  }

  /**
   * The next `length` bytes, a view that is empty after {@link free}.
   * @throws ArchiveError where there are fewer.
   */
  read(length: number): Buffer {
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw new ArchiveError('it is cut off');
    const part = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return part;
  }

  /**
   * Gives the memory back. The garbage collector would, too, but it lets 100 MB come together
   * first, in each thread.
   */
  free(): void {
    this.#bytes.buffer.transfer(0);
  }
}
