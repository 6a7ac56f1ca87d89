import { execFileSync } from 'node:child_process';
import { hostname } from 'node:os';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { helmRepoAdd, serverUrl } from '../../../../generator/src/repository/serve/address.ts';

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['::1', '[::1]'],
  ['charts.example.com', 'charts.example.com'],
  ['0.0.0.0', hostname()],
  ['::', hostname()],
])('a server on %s is found at %s', (host, name) => {
  expect(serverUrl('https', host, 8443)).toBe(`https://${name}:8443`);
});

test('a shell reads every name as one word', () => {
  const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\0'));
  fc.assert(
    fc.property(name, name, (certificate, username) => {
      const line = helmRepoAdd('URL', { certificate, username, password: undefined });
      const script = `helm() { printf '%s\\0' "$@"; }; ${line}`;
      const words = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).split('\0');
      expect(words.slice(2, -1)).toEqual([
        ...['spark-charts', 'URL', '--ca-file', certificate],
        ...['--username', username, '--password-stdin'],
      ]);
    }),
    { numRuns: 50 },
  );
});
