import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isSystemError } from '../../errors.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.prov': 'text/plain; charset=utf-8',
  '.tgz': 'application/gzip',
  '.yaml': 'application/yaml',
  '.yml': 'application/yaml',
};

export interface ServedFile {
  /** Relative to the served folder, links followed. */
  path: string;
  contentType: string | undefined;
  /** Of the content, quoted as in a strong ETag. */
  etag: string;
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

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Finds files of a folder for a server; remembers their digests until they change. */
export class ServedFiles {
  readonly #root: string;
  readonly #etags = new Map<string, { state: string; etag: string }>();

  /** @param root a folder, as a real path. */
  constructor(root: string) {
    this.#root = root;
  }

  /** The file of a request's path (`/index.yaml`, percent-encoded); undefined for what is not served. */
  async find(urlPath: string): Promise<ServedFile | undefined> {
    const wanted = decode(urlPath)?.slice(1);
    if (wanted === undefined || !isServed(wanted)) return undefined;
    try {
      const file = await realpath(join(this.#root, wanted));
      if (!file.startsWith(this.#root + sep)) return undefined;
      const status = await stat(file);
      if (!status.isFile()) return undefined;
      const etag = await this.#etag(file, `${status.ino} ${status.size} ${status.mtimeMs}`);
      const path = relative(this.#root, file).split(sep).join('/');
      return { path, contentType: CONTENT_TYPES[extname(file)], etag };
    } catch (error) {
      if (isSystemError(error)) return undefined;
      throw error;
    }
  }

  async #etag(file: string, state: string): Promise<string> {
    const known = this.#etags.get(file);
    if (known?.state === state) return known.etag;
    const etag = `"${await digestOf(file)}"`;
    this.#etags.set(file, { state, etag });
    return etag;
  }
}
