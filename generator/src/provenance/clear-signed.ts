import { ProvenanceError } from './provenance-error.ts';

const MESSAGE = '-----BEGIN PGP SIGNED MESSAGE-----';
const SIGNATURE = '-----BEGIN PGP SIGNATURE-----';
const END = '-----END PGP SIGNATURE-----';
// Helm takes no other header: what stands there is not signed.
const HEADER = /^Hash: *[\w-]+(?: *, *[\w-]+)*$/;

export interface ClearSigned {
  /** What is signed, `\n` between its lines. */
  text: string;
  /** ASCII-armored. */
  signature: string;
}

/**
 * Takes a clear-signed message apart (https://www.rfc-editor.org/rfc/rfc9580#section-7). Stricter
 * than Helm, so that no two readers see different texts: nothing stands around the message, no line
 * of it begins with a bare dash.
 * @throws ProvenanceError
 */
export function readClearSigned(bytes: Uint8Array): ClearSigned {
  const lines = decode(bytes).trimEnd().split(/\r?\n/);
  if (lines[0] !== MESSAGE) throw malformed(`it does not begin with ${MESSAGE}`);
  const blank = lines.findIndex((line) => line.trim() === '');
  const start = lines.indexOf(SIGNATURE);
  if (blank < 0 || start < blank) throw malformed('it holds no signature');
  if (lines.indexOf(END) !== lines.length - 1) throw malformed(`it does not end with ${END}`);
  if (!lines.slice(1, blank).every((line) => HEADER.test(line)))
    throw malformed('it holds a header other than Hash');
  const text = lines
    .slice(blank + 1, start)
    .map((line, index) => unescapeLine(line, blank + 2 + index));
  return { text: text.join('\n'), signature: `${lines.slice(start).join('\n')}\n` };
}

function malformed(reason: string): ProvenanceError {
  return new ProvenanceError(`its provenance file is not a clear-signed message: ${reason}`);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw malformed('it is not UTF-8 text');
  }
}

function unescapeLine(line: string, number: number): string {
  if (line.startsWith('-') && !line.startsWith('- '))
    throw malformed(`line ${number} begins with a dash that is not escaped`);
  if (line.includes('\r')) throw malformed(`a carriage return stands within line ${number}`);
  return trimBlanks(line.replace(/^- /, ''));
}

/** Without the white space at the end, which is not signed; a pattern takes hours for some lines. */
function trimBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && ' \t'.includes(line.charAt(end - 1))) end -= 1;
  return line.slice(0, end);
}
