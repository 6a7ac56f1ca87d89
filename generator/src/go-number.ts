const INTEGER = /^([-+]?)(0[bB][01]+|0[xX][\da-fA-F]+|0[oO]?[0-7]+|0|[1-9]\d*)$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const INFINITE = /^([-+]?)\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;
/** Of 64 bits, by the sign that is written. */
const MAX_SIZE = new Map([
  ['', 2n ** 64n - 1n],
  ['+', 2n ** 63n - 1n],
  ['-', 2n ** 63n],
]);

/** What ParseInt and ParseUint take with base 0: the zero in front of octal digits needs no `o`. */
function readInteger(text: string): bigint | undefined {
  const [, sign = '', digits] = INTEGER.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const size = BigInt(digits.replace(/^0(?=\d)/, '0o'));
  if (size > (MAX_SIZE.get(sign) ?? 0n)) return undefined;
  return sign === '-' ? -size : size;
}

/**
 * The number that Helm's YAML parser takes a text for (sigs.k8s.io/yaml, goyaml.v2/resolve.go): there
 * is no base 60, and whatever is no integer, such as `08`, may still be a float.
 */
export function readGoNumber(source: string): bigint | number | undefined {
  const text = source.replaceAll('_', '');
  const integer = readInteger(text);
  if (integer !== undefined) return integer;
  const [, sign] = INFINITE.exec(text) ?? [];
  if (sign !== undefined) return sign === '-' ? -Infinity : Infinity;
  if (NOT_A_NUMBER.test(text)) return NaN;
  const value = FLOAT.test(text) ? Number.parseFloat(text) : undefined;
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/** A number as that parser makes text of it where Helm wants text: a float has 32 bits then. */
export function goNumberText(number: bigint | number): string {
  if (typeof number === 'bigint') return String(number);
  const single = Math.fround(number);
  if (Number.isNaN(single)) return 'NaN';
  if (!Number.isFinite(single)) return single < 0 ? '-Inf' : '+Inf';
  if (Object.is(single, -0)) return '-0';
  const [digits = '', exponent = ''] = shortest(single).split('e');
  if (Number(exponent) >= -4 && Number(exponent) < 6)
    return String(Number(`${digits}e${exponent}`));
  return `${digits}e${exponent.replace(/^([-+])(\d)$/, '$10$2')}`;
}

/** The fewest digits that still mean the same 32 bits. */
function shortest(single: number): string {
  for (let digits = 0; ; digits += 1) {
    const text = single.toExponential(digits);
    if (Math.fround(Number(text)) === single) return text;
  }
}
