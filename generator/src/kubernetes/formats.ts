import { isIPv4, isIPv6 } from 'node:net';

/** The serialised form of a quantity: k8s.io/apimachinery, pkg/api/resource/quantity.go. */
export const QUANTITY =
  '^[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$';

/** Base64 with padding; Go's decoder passes over line breaks. */
export const BYTE = base64Pattern('[\\r\\n]*', '[A-Za-z0-9+/]');

/** RFC 3339, which is what Go reads a time from. */
export const DATE_TIME =
  '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:[.,]\\d+)?(?:Z|[+-]\\d{2}:\\d{2})$';

function base64Pattern(gap: string, digit: string): string {
  const digits = (count: number) => `(?:${gap}${digit}){${count}}`;
  const end = `${digits(2)}${gap}=${gap}=|${digits(3)}${gap}=`;
  return `^(?:${digits(4)})*(?:${end})?${gap}$`;
}

interface Format {
  has: (text: string) => boolean;
  /** What it is, to stand after "must be". */
  name: string;
}

const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['byte', { has: matcherOf(BYTE), name: 'base64' }],
  ['date-time', { has: matcherOf(DATE_TIME), name: 'a time such as 2026-01-31T12:00:00Z' }],
  ['ipv4', { has: isIPv4, name: 'an IPv4 address' }],
  ['ipv6', { has: isIPv6, name: 'an IPv6 address' }],
  ['quantity', { has: matcherOf(QUANTITY), name: 'a quantity such as 500m or 1Gi' }],
]);

function matcherOf(pattern: string): Format['has'] {
  const expression = new RegExp(pattern);
  return (text) => expression.test(text);
}

/** What a text should be according to its format and is not; undefined when it is. */
export function formatMistake(text: string, format: string | undefined): string | undefined {
  const known = format === undefined ? undefined : FORMATS.get(format);
  return known === undefined || known.has(text) ? undefined : known.name;
}

const INT32 = 2 ** 31;

/** Is a number in the range of its format? */
export function fitsFormat(value: number, format: string | undefined): boolean {
  return format !== 'int32' || (value >= -INT32 && value < INT32);
}
