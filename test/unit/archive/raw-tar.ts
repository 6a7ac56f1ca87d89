import { gzipSync } from 'node:zlib';

const BLOCK = 512;

/** A header and what follows it, byte by byte as asked for, right or wrong. */
export interface RawEntry {
  name: string;
  /** The type flag. */
  type?: string;
  body?: string | Uint8Array;
  /** What the size field says, where it is not the length of the body. */
  size?: string;
  mode?: string;
  link?: string;
  /** The eight bytes of magic and version. */
  magic?: string;
  /** Other bytes, by their place in the header. */
  fields?: Readonly<Record<number, string>>;
}

function header(entry: RawEntry, length: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const put = (text: string, at: number) => block.write(text, at, 'latin1');
  put(Buffer.from(entry.name).toString('latin1'), 0);
  put(entry.mode ?? '0000644\0', 100);
  put('0000000\0', 108);
  put('0000000\0', 116);
  put(entry.size ?? `${length.toString(8).padStart(11, '0')}\0`, 124);
  put('00000000000\0', 136);
  put(entry.type ?? '0', 156);
  put(entry.link ?? '', 157);
  put(entry.magic ?? 'ustar\x0000', 257);
  for (const [at, text] of Object.entries(entry.fields ?? {})) put(text, Number(at));
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** Entries without the two empty blocks of the end. */
export function rawEntries(entries: readonly RawEntry[]): Buffer {
  const parts = entries.flatMap((entry) => {
    const body = Buffer.from(entry.body ?? '');
    const padding = Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK);
    return [header(entry, body.length), body, padding];
  });
  return Buffer.concat(parts);
}

export const END = Buffer.alloc(2 * BLOCK);

/** A gzipped tar archive of hand-made entries. */
export function rawArchive(entries: readonly RawEntry[]): Buffer {
  return gzipSync(Buffer.concat([rawEntries(entries), END]));
}

/** A record of a PAX header. */
export function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest);
  while (`${length}${rest}`.length < length || Buffer.byteLength(`${length}${rest}`) !== length)
    length += 1;
  return `${length}${rest}`;
}
