import { ArchiveError, InflatedBytes } from './inflate.ts';
import { MAX_CHART_YAML_SIZE } from './limits.ts';

const BLOCK = 512;

/** An entry of a tar archive; its content is read only where it is asked for. */
export interface TarEntry {
  name: string;
  isFile: boolean;
  isFolder: boolean;
  size: number;
  /** @throws ArchiveError where it is cut off or larger than {@link MAX_CHART_YAML_SIZE}. */
  content: () => Uint8Array;
}

function text(block: Uint8Array, start: number, length: number): string {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return Buffer.from(end < 0 ? field : field.subarray(0, end)).toString();
}

/** Octal digits, or with the first bit set a binary number (GNU, for large files). */
function number(block: Uint8Array, start: number, length: number): number {
  const field = Buffer.from(block.subarray(start, start + length));
  const binary = ((field[0] ?? 0) & 0x80) !== 0;
  const digits = text(field, 0, length).trim();
  if (!binary && !/^[0-7]*$/.test(digits)) throw new ArchiveError('it holds a damaged tar header');
  const value = binary ? field.readUIntBE(length - 6, 6) : Number.parseInt(digits || '0', 8);
  if (binary && field.subarray(1, length - 6).some((byte) => byte !== 0))
    throw new ArchiveError('it holds a file of impossible size');
  return value;
}

function assertChecksum(block: Uint8Array): void {
  // The field of the sum counts as blanks. A plain loop: this is most of the work on an archive.
  let sum = 8 * 0x20;
  for (let index = 0; index < BLOCK; index += 1)
    if (index < 148 || index >= 156) sum += block[index] ?? 0;
  if (sum !== number(block, 148, 8)) throw new ArchiveError('it holds a damaged tar header');
}

/** The records of a PAX header: `<length> <key>=<value>\n`. */
function paxRecords(content: Uint8Array): Map<string, string> {
  const records = new Map<string, string>();
  let rest = Buffer.from(content);
  while (rest.length > 0) {
    const length = Number.parseInt(rest.toString('latin1', 0, 16), 10);
    const record = /^\d+ ([^=]+)=(.*)\n$/s.exec(rest.toString('utf8', 0, length));
    if (!record?.[1]) throw new ArchiveError('it holds a damaged PAX header');
    records.set(record[1], record[2] ?? '');
    rest = rest.subarray(length);
  }
  return records;
}

function paxSize(digits: string | undefined): number | undefined {
  if (digits !== undefined && !/^\d{1,15}$/.test(digits))
    throw new ArchiveError('it holds a file of impossible size');
  return digits === undefined ? undefined : Number(digits);
}

function readContent(bytes: InflatedBytes, size: number, name: string): Uint8Array {
  if (size > MAX_CHART_YAML_SIZE)
    throw new ArchiveError(`its ${name} is larger than ${MAX_CHART_YAML_SIZE} bytes`);
  const content = bytes.read(size);
  if (content.length < size) throw new ArchiveError('it is cut off');
  return content;
}

/**
 * The entries of a gzipped tar archive one after the other: USTAR, PAX and GNU long names.
 * @throws ArchiveError
 */
export function* readTar(gzip: Uint8Array): Generator<TarEntry> {
  const bytes = new InflatedBytes(gzip);
  let longName: string | undefined;
  let longSize: number | undefined;
  for (;;) {
    const block = bytes.read(BLOCK);
    if (block.length < BLOCK) throw new ArchiveError('it is cut off');
    if (block.every((byte) => byte === 0)) return;
    assertChecksum(block);
    const type = String.fromCharCode(block[156] ?? 0);
    const prefix = text(block, 257, 6) === 'ustar' ? text(block, 345, 155) : '';
    const shortName = (prefix === '' ? '' : `${prefix}/`) + text(block, 0, 100);
    const name = longName ?? shortName;
    const isFolder = type === '5' || name.endsWith('/');
    const size = longSize ?? number(block, 124, 12);
    let unread = size + ((BLOCK - (size % BLOCK)) % BLOCK);
    const content = () => {
      const result = readContent(bytes, size, name);
      unread -= size;
      return result;
    };
    if (type === 'x') {
      const records = paxRecords(content());
      longName = records.get('path') ?? longName;
      longSize = paxSize(records.get('size')) ?? longSize;
    } else if (type === 'L') longName = text(content(), 0, size);
    else {
      longName = longSize = undefined;
      // A global PAX header says nothing of names.
      if (type !== 'g')
        yield { name, isFile: type === '0' || type === '\0', isFolder, size, content };
    }
    bytes.skip(unread);
  }
}
