import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isSystemError } from '../../errors.ts';
import type { Validators } from './conditions.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.asc': 'application/pgp-keys',
  '.json': 'application/json',
  '.prov': 'text/plain; charset=utf-8',
  '.tgz': 'application/gzip',
  '.txt': 'text/plain; charset=utf-8',
  '.yaml': 'application/yaml',
  '.yml': 'application/yaml',
};

/** An open file: it stays whole while another takes its name. The caller closes it. */
export interface ServedFile extends Validators {
  handle: FileHandle;
  /** Links followed. */
  path: string;
  contentType: string;
  /** In bytes. */
  size: number;
}

/** Paths that no system reads as another place; dot files are nobody's business. */
function isServed(path: string): boolean {
  return (
    path.split('/').every((part) => part !== '' && !part.startsWith('.')) && !/[\\\0:]/.test(path)
  );
}

function decode(urlPath: string): string | undefined {
  try {
    return decodeURIComponent(urlPath);
  } catch {
    return undefined;
  }
}

async function digestOf(handle: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(handle.createReadStream({ start: 0, autoClose: false }), hash);
  return hash.digest('hex');
}

/** Opens files of a folder for a server; remembers their digests until they change. */
export class ServedFiles {
  readonly #root: string;
  readonly #digests = new Map<string, { state: string; digest: Promise<string> }>();

  /** @param root a folder, as a real path. */
  constructor(root: string) {
    this.#root = root;
  }

  /** The file of a request's path (`/index.yaml`, percent-encoded); undefined for what is not served. */
  async open(urlPath: string): Promise<ServedFile | undefined> {
    const wanted = urlPath.startsWith('/') ? decode(urlPath)?.slice(1) : undefined;
    if (wanted === undefined || !isServed(wanted)) return undefined;
    try {
      const path = await realpath(join(this.#root, wanted));
      if (!path.startsWith(this.#root + sep)) return undefined;
      // Should it become a link out of the folder, or a pipe, which opening would wait for.
      const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
      return await this.#describe(path, await open(path, flags));
    } catch (error) {
      if (isSystemError(error)) return undefined;
      throw error;
    }
  }

  async #describe(path: string, handle: FileHandle): Promise<ServedFile | undefined> {
    let file: ServedFile | undefined;
    try {
      const status = await handle.stat();
      if (!status.isFile()) return undefined;
      const { size, mtime, ino, ctimeMs } = status;
      const state = `${ino} ${size} ${mtime.getTime()} ${ctimeMs}`;
      file = {
        ...{ handle, path, size },
        contentType: CONTENT_TYPES[extname(path)] ?? 'application/octet-stream',
        etag: `"${await this.#digest(path, state, handle)}"`,
        lastModified: mtime.toUTCString(),
      };
      return file;
    } finally {
      if (!file) await handle.close();
    }
  }

  /** Several requests at once for a new file digest it once. */
  #digest(path: string, state: string, handle: FileHandle): Promise<string> {
    const known = this.#digests.get(path);
    if (known?.state === state) return known.digest;
    const digest = digestOf(handle);
    this.#digests.set(path, { state, digest });
    digest.catch(() => this.#digests.delete(path));
    return digest;
  }
}
