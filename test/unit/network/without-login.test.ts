import { expect, test } from 'vitest';
import { withoutLogin } from '../../../generator/src/network/without-login.ts';

test.each([
  ['https://me:pw@example.com/a@b', 'https://…@example.com/a@b'],
  ['https://example.com/a@b', 'https://example.com/a@b'],
  ['https://example.com/?to=https://me:pw@host', 'https://example.com/?to=https://…@host'],
  ['https://me:p w/@d@exa mple.com/a', 'https://…@exa mple.com/a'],
  ['no@url', 'no@url'],
  ['me@host://', 'me@host://'],
])('of %s is %s', (url, expected) => {
  expect(withoutLogin(url)).toBe(expected);
});

test('takes no time for what is no URL', () => {
  const text = `x ${'://'.repeat(500_000)}`;
  expect(withoutLogin(text)).toBe(text);
}, 5000);
