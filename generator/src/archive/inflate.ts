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

/** Unpacks with Node's own zlib, which is fast; only packing needs the same bytes everywhere. */
function inflate(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) throw new ArchiveError('it is not a gzip file');
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_CHART_SIZE });
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new ArchiveError(MEANINGS[code] ?? message, { cause: error });
  }
}

/** Reads unpacked bytes from the front. */
export class InflatedBytes {
  #buffer: Uint8Array;

  constructor(gzip: Uint8Array) {
    this.#buffer = inflate(gzip);
  }

  /** The next `length` bytes; fewer at the end. */
  read(length: number): Uint8Array {
    const part = this.#buffer.subarray(0, length);
    this.#buffer = this.#buffer.subarray(length);
    return part;
  }

  skip(length: number): void {
    if (this.read(length).length < length) throw new ArchiveError('it is cut off');
  }
}
