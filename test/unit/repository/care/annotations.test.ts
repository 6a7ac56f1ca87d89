import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../../../generator/src/model/types.ts';
import {
  isAnnotated,
  withAnnotations,
  withField,
} from '../../../../generator/src/repository/care/annotations.ts';

test('a new field is put in order', () => {
  const changed = withField({ apiVersion: 'v2', name: 'demo', version: '1' }, 'deprecated', true);
  expect(Object.keys(changed)).toEqual(['apiVersion', 'deprecated', 'name', 'version']);
});

test('a field that is there stays in its place', () => {
  const fields = { name: 'demo', deprecated: false, apiVersion: 'v2' };
  expect(Object.entries(withField(fields, 'deprecated', true))).toEqual([
    ['name', 'demo'],
    ['deprecated', true],
    ['apiVersion', 'v2'],
  ]);
});

test('annotations leave no trace when the last one goes', () => {
  const data = { apiVersion: 'v2', name: 'demo' };
  const annotated = withAnnotations(data, { b: '1', a: '2' });
  expect(annotated).toEqual({ apiVersion: 'v2', annotations: { a: '2', b: '1' }, name: 'demo' });
  expect(isAnnotated(annotated, 'a')).toBe(true);
  expect(withAnnotations(annotated, { a: undefined, b: undefined })).toEqual(data);
});

test('what is not annotated is not touched', () => {
  const data = { name: 'demo', annotations: {} };
  expect(withAnnotations(data, { a: undefined })).toBe(data);
  expect(isAnnotated(data, 'constructor')).toBe(false);
  expect(isAnnotated('text', 'length')).toBe(false);
});

test('what is added and removed again is as it was, whatever fields are called', () => {
  const name = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString'));
  const fields = fc.uniqueArray(fc.tuple(name, fc.string()), { selector: ([key]) => key });
  fc.assert(
    fc.property(fields, name, (pairs, added) => {
      const before = Object.fromEntries<Json>(pairs.filter(([key]) => key !== added));
      const after = withField(before, added, 'value');
      expect(Object.getOwnPropertyDescriptor(after, added)?.value).toBe('value');
      expect(Object.entries(withField(after, added, undefined))).toEqual(Object.entries(before));
    }),
    { numRuns: 300 },
  );
});
