import { expect, test } from 'vitest';
import { readImageReference } from '../../../../generator/src/lint/objects/image-reference.ts';
import { endsSoon } from '../../../support/ends-soon.ts';

const DIGEST = `sha256:${'0a'.repeat(32)}`;

test.each([
  ['web', { name: 'web' }],
  ['web:1.0', { name: 'web', tag: '1.0' }],
  ['library/web:1_0-A', { name: 'library/web', tag: '1_0-A' }],
  ['localhost:5000/web', { name: 'localhost:5000/web' }],
  ['A.example:5000/some/web__x:1', { name: 'A.example:5000/some/web__x', tag: '1' }],
  ['[2001:db8::1]:5000/web:1', { name: '[2001:db8::1]:5000/web', tag: '1' }],
  ['192.168.1.1/web--x.y:1', { name: '192.168.1.1/web--x.y', tag: '1' }],
  [`web@${DIGEST}`, { name: 'web', digest: DIGEST }],
  [`web:latest@${DIGEST}`, { name: 'web', tag: 'latest', digest: DIGEST }],
  // The part before the first colon could be a registry, but nothing follows its port.
  ['registry:5000', { name: 'registry', tag: '5000' }],
])('reads %s', (text, reference) => {
  expect(readImageReference(text)).toEqual(reference);
});

test.each([
  '',
  ':1',
  'web:',
  'Web:1',
  'a.example/Web',
  'web:1:2',
  'web@sha256:12',
  'web:-1',
  `web:${'1'.repeat(129)}`,
  'web___x',
  'web/',
  '/web',
  'https://a.example/web:1',
  'web :1',
  `${'a/'.repeat(128)}a`,
  '-'.repeat(100_000),
])('refuses %s', (text) => {
  expect(readImageReference(text)).toBeUndefined();
});

test('is quick whatever the text', () => {
  for (const part of ['a-', 'a.', 'a', '-', 'a_', 'a/', '0:'])
    endsSoon(() => readImageReference(`${part.repeat(20_000)}!`));
});
