import { ArchiveError, InflatedBytes } from './inflate.ts';
import { BLOCK, parseHeader, type TarHeader, text } from './tar-header.ts';

/** Headers that say something of the next entry; Go has this bound too. */
const MAX_EXTENSION_SIZE = 1024 * 1024;

const KINDS: Readonly<Record<string, TarEntry['kind']>> = {
  '\0': 'file',
  '0': 'file',
  '1': 'hard link',
  '2': 'symbolic link',
  '5': 'folder',
  '7': 'file',
};
/** PAX records that may hold no NUL. */
const NAME_RECORDS = new Set(['path', 'linkpath', 'uname', 'gname']);
const FOLDER_MODE = 0o040000;
const TYPE_OF_MODE = 0o170000;

/** An entry of a tar archive. */
export interface TarEntry {
  kind: 'file' | 'folder' | 'hard link' | 'symbolic link';
  name: string;
  /** Where a link leads: a hard link from the top of the archive, a symbolic one from its folder. */
  target: string;
  /** Bytes; 0 for what is no file. */
  size: number;
  /** Until the next entry is asked for: copy what is to be kept. */
  content: Buffer;
}

/** What headers before an entry say of it, where its own has no room. */
interface Extensions {
  gnuName?: string | undefined;
  gnuTarget?: string | undefined;
  pax?: ReadonlyMap<string, string>;
}

/** The records of a PAX header: `<length> <key>=<value>\n`. */
function paxRecords(content: Buffer): Map<string, string> {
  const records = new Map<string, string>();
  let rest = content;
  while (rest.length > 0) {
    const length = Number.parseInt(rest.toString('latin1', 0, 16), 10);
    const record = /^\d+ ([^=\0]+)=(.*)\n$/s.exec(rest.toString('utf8', 0, length));
    const [, key = '', value = ''] = record ?? [];
    const isDamaged = length > rest.length || (NAME_RECORDS.has(key) && value.includes('\0'));
    if (key === '' || isDamaged) throw new ArchiveError('it holds a damaged PAX header');
    if (key.startsWith('GNU.sparse.')) throw new ArchiveError('it holds a sparse file');
    // To Go, an empty one takes back what an earlier one said.
    if (value === '') records.delete(key);
    else records.set(key, value);
    rest = rest.subarray(length);
  }
  return records;
}

function paxSize(digits: string): number {
  if (!/^\d{1,15}$/.test(digits)) throw new ArchiveError('it holds a number that is out of bounds');
  return Number(digits);
}

function kindOf({ type, mode }: TarHeader, name: string): TarEntry['kind'] {
  const kind = KINDS[type];
  if (kind === undefined)
    throw new ArchiveError(
      `its ${name} is no file, folder or link (tar type ${JSON.stringify(type)})`,
    );
  const isFolder = (type === '\0' && name.endsWith('/')) || (mode & TYPE_OF_MODE) === FOLDER_MODE;
  return isFolder ? 'folder' : kind;
}

/** Only what has bytes of its own is followed by any, whatever the size says. */
function entryOf(header: TarHeader, extensions: Extensions, bytes: InflatedBytes): TarEntry {
  const { pax } = extensions;
  const name = extensions.gnuName ?? pax?.get('path') ?? header.name;
  const target = extensions.gnuTarget ?? pax?.get('linkpath') ?? header.linkName;
  const kind = kindOf(header, name);
  const claimed = paxSize(pax?.get('size') ?? String(header.size));
  // Helm waits for the content of a link in vain, and refuses it.
  if (claimed > 0 && ['1', '2'].includes(header.type))
    throw new ArchiveError(`its ${name} is a link that claims to have content`);
  const size = header.type === '5' ? 0 : claimed;
  return { kind, name, target, size, content: readContent(bytes, size) };
}

function readContent(bytes: InflatedBytes, size: number): Buffer {
  const content = bytes.read(size);
  bytes.read((BLOCK - (size % BLOCK)) % BLOCK);
  return content;
}

function readExtension(bytes: InflatedBytes, size: number): Buffer {
  if (size > MAX_EXTENSION_SIZE) throw new ArchiveError('it holds a damaged tar header');
  return readContent(bytes, size);
}

/** Go passes over an empty one. */
function longText(content: Buffer): string | undefined {
  const value = text(content, 0, content.length);
  return value === '' ? undefined : value;
}

/** Two empty blocks, or one and then nothing. */
function assertEnd(bytes: InflatedBytes): void {
  if (!bytes.isAtEnd && !isEmpty(bytes.read(BLOCK)))
    throw new ArchiveError('it holds a damaged tar header');
}

const isEmpty = (block: Buffer) => block.every((byte) => byte === 0);

/**
 * The entries of a gzipped tar archive one after the other: USTAR, PAX and GNU long names. What
 * follows the end of the tar archive is passed over, as by Helm.
 * @throws ArchiveError also for what Go's archive/tar takes and no chart has: sparse files, devices,
 * types of other systems, an end that is missing.
 */
export function* readTar(gzip: Uint8Array): Generator<TarEntry> {
  const bytes = new InflatedBytes(gzip);
  try {
    yield* readEntries(bytes);
  } finally {
    bytes.free();
  }
}

function* readEntries(bytes: InflatedBytes): Generator<TarEntry> {
  let extensions: Extensions = {};
  for (;;) {
    const block = bytes.read(BLOCK);
    if (isEmpty(block)) {
      assertEnd(bytes);
      return;
    }
    const header = parseHeader(block);
    const { type, size } = header;
    if (type === 'x') extensions.pax = paxRecords(readExtension(bytes, size));
    else if (type === 'L') extensions.gnuName = longText(readExtension(bytes, size));
    else if (type === 'K') extensions.gnuTarget = longText(readExtension(bytes, size));
    else {
      // A global PAX header says nothing of names, and Go forgets the others over it.
      if (type === 'g') paxRecords(readExtension(bytes, size));
      else yield entryOf(header, extensions, bytes);
      extensions = {};
    }
  }
}
