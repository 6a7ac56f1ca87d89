import { expect, test } from 'vitest';
import { parseReference } from '../../../generator/src/registry/reference.ts';

test.each([
  ['oci://localhost:5000', 'localhost:5000', ''],
  ['oci://registry.example.com/', 'registry.example.com', ''],
  ['oci://ghcr.io/owner/charts', 'ghcr.io', 'owner/charts'],
  ['oci://[::1]:5000/a/b-c/d_e/f__g/h.i/', '[::1]:5000', 'a/b-c/d_e/f__g/h.i'],
])('reads %s', (target, registry, path) => {
  expect(parseReference(target)).toEqual({ registry, path });
});

test.each([
  'https://registry.example.com/charts',
  'oci://',
  'oci:///charts',
  'oci://registry.example.com/Charts',
  'oci://registry.example.com/charts/demo:1.0.0',
  'oci://registry.example.com/a//b',
  'oci://registry.example.com/../v2',
  'oci://registry.example.com/charts?a=b',
  'oci://registry.example.com:port/charts',
  `oci://registry.example.com/${'a'.repeat(256)}`,
])('refuses %s', (target) => {
  expect(() => parseReference(target)).toThrow(expect.objectContaining({ code: 'USAGE' }));
});

test('does not show a login in a target', () => {
  const message = 'oci://…@registry.example.com/charts names no place in a registry';
  expect(() => parseReference('oci://me:secret@registry.example.com/charts')).toThrow(message);
});
