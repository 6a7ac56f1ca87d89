import { extname } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ServedFile } from './served-files.ts';

/** Archives are compressed already, and provenance files are too small to gain. */
const COMPRESSIBLE = new Set(['.json', '.yaml', '.yml']);
/** A repository has two or three large files: its index, that of retired versions, and JSON. */
const KEPT = 4;

/** Files compressed with gzip, once for each of their states: a large index takes 50 ms. */
export class CompressedFiles {
  readonly #kept = new Map<string, Promise<Buffer>>();

  mayCompress(file: ServedFile): boolean {
    return COMPRESSIBLE.has(extname(file.path));
  }

  /** The whole file, compressed. */
  compressed(file: ServedFile): Promise<Buffer> {
    const known = this.#kept.get(file.etag);
    if (known) return known;
    const bytes = file.handle.readFile().then((content) => promisify(gzip)(content));
    this.#kept.set(file.etag, bytes);
    bytes.catch(() => this.#kept.delete(file.etag));
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
    }
    return bytes;
  }
}
