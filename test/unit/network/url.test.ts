import { expect, test } from 'vitest';
import { isLoopback, isLoopbackHost } from '../../../generator/src/network/url.ts';

test.each([
  ['127.0.0.1', true],
  ['127.1.2.3', true],
  ['localhost', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['127.0.0.1.example.com', false],
  ['10.0.0.1', false],
])('is %s for this machine alone: %s', (host, expected) => {
  expect(isLoopbackHost(host)).toBe(expected);
});

test.each([
  ['http://[::1]:80/a', true],
  ['http://2130706433/', true],
  ['http://localhost.example.com/', false],
])('%s is on this machine: %s', (url, expected) => {
  expect(isLoopback(new URL(url))).toBe(expected);
});
