import { afterEach, expect, test, vi } from 'vitest';
import { parseRetryAfter } from '../../../generator/src/network/retry.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('reads seconds and dates, and takes other texts for no wish', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 1) });
  expect(parseRetryAfter('120')).toBe(120_000);
  expect(parseRetryAfter('Wed, 31 Dec 2025 23:59:55 GMT')).toBe(0);
  expect(parseRetryAfter('Thu, 01 Jan 2026 00:00:10 GMT')).toBe(10_000);
  for (const text of [undefined, '', 'soon', '-5x']) expect(parseRetryAfter(text)).toBe(0);
});
