import { type BigIntStats, closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** A file that is open for reading: what is read is of one file, whatever takes its place. */
export class OpenFile {
  readonly status: BigIntStats;
  readonly #descriptor: number;

  /** @throws a system error when it cannot be opened. */
  constructor(path: string) {
    this.#descriptor = openSync(path, 'r');
    // Of a file that was opened: network file systems answer for a path from memory.
    this.status = fstatSync(this.#descriptor, { bigint: true });
  }

  /**
   * Fills a buffer with what stands from `start` on; less where the file ends before that.
   * @returns the part of the buffer that is filled.
   */
  readInto(buffer: Buffer, start: number): Buffer {
    let length = 0;
    while (length < buffer.length) {
      const place = { offset: length, position: start + length };
      const count = readSync(this.#descriptor, buffer, place);
      if (count === 0) break;
      length += count;
    }
    return buffer.subarray(0, length);
  }

  /** The bytes from `start` to `end`; fewer where the file is shorter. */
  read(start: number, end: number): Buffer {
    return this.readInto(Buffer.allocUnsafe(end - start), start);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
