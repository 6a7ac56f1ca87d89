import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fitsFormat, formatMistake } from '../../../generator/src/kubernetes/formats.ts';
import { endsSoon } from '../../support/ends-soon.ts';

const isFine = (text: string, format: string) => formatMistake(text, format) === undefined;

it('takes the base64 of any bytes, with line breaks', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.nat(), (bytes, seed) => {
      const text = Buffer.from(bytes).toString('base64');
      const place = seed % (text.length + 1);
      expect(isFine(text, 'byte')).toBe(true);
      expect(isFine(`${text.slice(0, place)}\r\n${text.slice(place)}\n`, 'byte')).toBe(true);
      expect(isFine(`${text.slice(0, place)}!${text.slice(place)}`, 'byte')).toBe(false);
      expect(isFine(`${text}A`, 'byte')).toBe(false);
    }),
  );
});

it.each(['aGk', 'aGk==', 'a===', '=', 'aGk=aGk=', 'in clear'])('takes no %j as base64', (text) => {
  expect(isFine(text, 'byte')).toBe(false);
});

it('reads long base64 in no time, whatever is wrong with it', () => {
  const megabyte = 'QUJD'.repeat(350_000);
  const isSoonFine = (text: string) => endsSoon(() => isFine(text, 'byte'));
  expect(isSoonFine(megabyte)).toBe(true);
  expect(isSoonFine(`${megabyte}!`)).toBe(false);
  expect(isSoonFine(`${'\n'.repeat(100_000)}!`)).toBe(false);
});

it.each<[string, string[], string[]]>([
  [
    'quantity',
    ['1', '0.5', '.5', '1Gi', '500m', '1e3', '+1', '-1'],
    ['', '1GB', '1 Gi', 'Gi', '1,5'],
  ],
  [
    'date-time',
    ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.123456+01:00'],
    ['2026-01-31', '2026-01-31 12:00:00Z', 'now'],
  ],
  ['ipv4', ['10.0.0.1'], ['::1', '10.0.0.256', '']],
  ['ipv6', ['::1'], ['10.0.0.1', '']],
  ['colour', ['anything'], []],
])('%s takes the right texts only', (format, right, wrong) => {
  expect(right.filter((text) => !isFine(text, format))).toEqual([]);
  expect(wrong.filter((text) => isFine(text, format))).toEqual([]);
});

it('knows what fits in 32 bits', () => {
  expect([2 ** 31 - 1, -(2 ** 31)].every((value) => fitsFormat(value, 'int32'))).toBe(true);
  expect([2 ** 31, -(2 ** 31) - 1].some((value) => fitsFormat(value, 'int32'))).toBe(false);
  expect(fitsFormat(2 ** 40, undefined)).toBe(true);
});
