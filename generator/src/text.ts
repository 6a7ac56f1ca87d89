import type { Problem } from './errors.ts';

/** `1 chart`, `5 charts`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}

/** Input can hold terminal escapes; what is printed must not. */
export function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\t\n]/gu, '\uFFFD');
}

/** A problem in one line: where it is, then what. */
export function problemLine({ message, file, line, path }: Problem): string {
  const place = [file, line].filter((part) => part !== undefined).join(':');
  return printable([place, path ?? '', message].filter((part) => part !== '').join(': '));
}
