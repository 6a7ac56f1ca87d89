import fc from 'fast-check';
import { expect, test } from 'vitest';
import { valuesAt } from '../../../generator/src/coverage/set-path.ts';
import { endsSoon } from '../../support/ends-soon.ts';

test.each([
  ['image', { image: 1 }],
  ['image.tag', { image: { tag: 1 } }],
  ['list[2].name', { list: [null, null, { name: 1 }] }],
  ['list[0][1]', { list: [[null, 1]] }],
  ['conf.[spark.ui.port]', { conf: { 'spark.ui.port': 1 } }],
  ['[spark.ui.port].a', { 'spark.ui.port': { a: 1 } }],
  ['[a.b][0]', { 'a.b': [1] }],
  ['[0].a', { 0: { a: 1 } }],
  ['with-dash.with space.a/b', { 'with-dash': { 'with space': { 'a/b': 1 } } }],
])('%s', (path, values) => {
  expect(valuesAt(path, 1)).toEqual(values);
});

test.each([
  '',
  '.',
  'a.',
  '.a',
  'a..b',
  'a[',
  'a[]',
  'a[x]',
  '[0',
  'a]',
  'a=b',
  'a,b',
  '{a}',
  'a[0]b',
])('%j is no path', (path) => {
  expect(valuesAt(path, 1)).toBeUndefined();
});

test('keys of any kind lead to the value, names of objects among them', () => {
  const key = fc.oneof(
    fc.constantFrom('__proto__', 'constructor', 'a.b'),
    fc.stringMatching(/^[a-z$ ]{1,5}$/),
  );
  fc.assert(
    fc.property(fc.array(key, { minLength: 1, maxLength: 4 }), fc.jsonValue(), (keys, value) => {
      const path = keys.map((name) => (name.includes('.') ? `[${name}]` : name)).join('.');
      const values = valuesAt(path, value as never);
      const found = keys.reduce<unknown>((at, name) => {
        expect(Object.keys(at as object)).toEqual([name]);
        return Object.getOwnPropertyDescriptor(at, name)?.value;
      }, values);
      expect(found).toBe(value);
    }),
  );
});

test('a long path is read in no time', () => {
  for (const path of ['a[0]'.repeat(20_000), `${'['.repeat(50_000)}a`])
    expect(endsSoon(() => valuesAt(path, 1))).toBeUndefined();
});
