import { ArchiveError } from './inflate.ts';

/** Everything in a tar archive is padded to blocks of this many bytes. */
export const BLOCK = 512;

/** What a header block says; read as Go's archive/tar does, on which Helm is built. */
export interface TarHeader {
  /** The type flag, one character. */
  type: string;
  name: string;
  linkName: string;
  mode: number;
  size: number;
}

const isPadding = (byte: number | undefined) => byte === 0 || byte === 0x20;

/** The text of a field, up to its first NUL. */
export function text(block: Buffer, start: number, length: number): string {
  const limit = start + length;
  const end = block.indexOf(0, start);
  return block.toString('utf8', start, end < 0 || end > limit ? limit : end);
}

function octal(block: Buffer, start: number, length: number): number {
  let at = start;
  let end = start + length;
  while (at < end && isPadding(block[at])) at += 1;
  while (end > at && isPadding(block[end - 1])) end -= 1;
  let value = 0;
  for (; at < end && block[at] !== 0; at += 1) {
    const digit = (block[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 7) throw new ArchiveError('it holds a damaged tar header');
    value = value * 8 + digit;
  }
  return value;
}

/** Octal digits, or with the first bit set a binary number (GNU, for large files). */
function number(block: Buffer, start: number, length: number): number {
  if (((block[start] ?? 0) & 0x80) === 0) return octal(block, start, length);
  const field = block.subarray(start, start + length);
  if (field[0] !== 0x80 || field.subarray(1, -6).some((byte) => byte !== 0))
    throw new ArchiveError('it holds a number that is out of bounds');
  return field.readUIntBE(length - 6, 6);
}

function assertChecksum(block: Buffer): void {
  // The field of the sum counts as blanks. A plain loop: this is most of the work on a header.
  let sum = 8 * 0x20;
  for (let index = 0; index < 148; index += 1) sum += block[index] ?? 0;
  for (let index = 156; index < BLOCK; index += 1) sum += block[index] ?? 0;
  if (sum !== octal(block, 148, 8)) throw new ArchiveError('it holds a damaged tar header');
}

/** The folder that USTAR and STAR hold apart from a long name. */
function prefix(block: Buffer): string {
  const magic = block.toString('latin1', 257, 265);
  if (magic.startsWith('ustar\0'))
    return text(block, 345, text(block, 508, 4) === 'tar' ? 131 : 155);
  // GNU has times there. Go takes what is none for a folder, as early versions of it wrote it.
  if (magic === 'ustar  \0') for (const start of [345, 357]) number(block, start, 12);
  return '';
}

/** Owner, group, time and device are of no use here, but Go refuses a header that is wrong in one. */
function assertNumbers(block: Buffer): void {
  const hasDevice = text(block, 257, 5) === 'ustar';
  const fields = [
    [108, 8],
    [116, 8],
    [136, 12],
    ...(hasDevice
      ? ([
          [329, 8],
          [337, 8],
        ] as const)
      : []),
  ] as const;
  for (const [start, length] of fields)
    if (((block[start] ?? 0) & 0x80) === 0) octal(block, start, length);
}

/** @throws ArchiveError */
export function parseHeader(block: Buffer): TarHeader {
  assertChecksum(block);
  assertNumbers(block);
  const folder = prefix(block);
  return {
    type: String.fromCharCode(block[156] ?? 0),
    name: (folder === '' ? '' : `${folder}/`) + text(block, 0, 100),
    linkName: text(block, 157, 100),
    mode: number(block, 100, 8),
    size: number(block, 124, 12),
  };
}
