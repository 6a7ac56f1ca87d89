import { expect, test } from 'vitest';
import { parseRetryAfter } from '../../../generator/src/network/retry.ts';

test('reads seconds and dates, and takes other texts for no wish', () => {
  expect(parseRetryAfter('120')).toBe(120_000);
  expect(parseRetryAfter(new Date(Date.now() - 5000).toUTCString())).toBe(0);
  const soon = parseRetryAfter(new Date(Date.now() + 10_000).toUTCString());
  expect(soon).toBeGreaterThan(8000);
  expect(soon).toBeLessThanOrEqual(10_000);
  for (const text of [undefined, '', 'soon', '-5x']) expect(parseRetryAfter(text)).toBe(0);
});
