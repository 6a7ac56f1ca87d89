import { Gunzip } from 'fflate';
import { MAX_CHART_SIZE } from './limits.ts';

/** How much is unpacked at a time: deflate grows a byte to 1032 at most, so 16 MiB here. */
const PIECE = 16 * 1024;

/** What is wrong with an archive, said of "it". */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

/** Unpacks gzip piece by piece as they are asked for, so that little of it is in memory. */
function* inflate(bytes: Uint8Array): Generator<Uint8Array, void> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) throw new ArchiveError('it is not a gzip file');
  let pieces: Uint8Array[] = [];
  let total = 0;
  const gunzip = new Gunzip((piece) => {
    total += piece.length;
    pieces.push(piece);
  });
  for (let position = 0; position < bytes.length; position += PIECE) {
    gunzip.push(bytes.subarray(position, position + PIECE), position + PIECE >= bytes.length);
    if (total > MAX_CHART_SIZE)
      throw new ArchiveError(`it unpacks to more than ${MAX_CHART_SIZE} bytes`);
    yield* pieces;
    pieces = [];
  }
}

/** Reads unpacked bytes from the front. */
export class InflatedBytes {
  readonly #pieces: Generator<Uint8Array, void>;
  #buffer: Uint8Array = new Uint8Array();

  constructor(gzip: Uint8Array) {
    this.#pieces = inflate(gzip);
  }

  /** The next `length` bytes; fewer at the end. */
  read(length: number): Uint8Array {
    const parts: Uint8Array[] = [];
    let missing = length;
    while (missing > 0) {
      if (this.#buffer.length === 0 && !this.#next()) break;
      const part = this.#buffer.subarray(0, missing);
      this.#buffer = this.#buffer.subarray(part.length);
      missing -= part.length;
      parts.push(part);
    }
    return parts.length === 1 ? (parts[0] ?? new Uint8Array()) : Buffer.concat(parts);
  }

  skip(length: number): void {
    let missing = length;
    while (missing > this.#buffer.length) {
      missing -= this.#buffer.length;
      if (!this.#next()) throw new ArchiveError('it is cut off');
    }
    this.#buffer = this.#buffer.subarray(missing);
  }

  #next(): boolean {
    const piece = this.#pieces.next();
    this.#buffer = piece.done === true ? new Uint8Array() : piece.value;
    return piece.done !== true;
  }
}
