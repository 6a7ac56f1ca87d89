import fc from 'fast-check';
import { FAILSAFE_SCHEMA, load, YAML11_SCHEMA } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Json } from '../../../../generator/src/model/types.ts';
import {
  writeBlock,
  writeFlow,
} from '../../../../generator/src/repository/index-file/write-value.ts';
import { ODD_TEXTS } from '../fixture.ts';

const STYLES = [
  { newline: '\n', indentLists: false },
  { newline: '\r\n', indentLists: true },
];

/** What readers with other rules make of it. */
function readings(text: string): unknown[] {
  return [
    load(text, { schema: YAML11_SCHEMA }),
    load(text, { schema: FAILSAFE_SCHEMA }),
    parse(text, { version: '1.1' }),
    parse(text, { version: '1.2' }),
  ];
}

/** UTF-8 has no half characters. */
function stored(text: string): string {
  return Buffer.from(text).toString();
}

describe.each(STYLES)('$newline', (style) => {
  test.each(ODD_TEXTS)('the text %j is the same text to every reader', (text) => {
    const value = { [`k${text}`]: text, list: [text, { deep: text }] };
    const expected = {
      [stored(`k${text}`)]: stored(text),
      list: [stored(text), { deep: stored(text) }],
    };
    for (const reading of readings(writeBlock(value, 4, style))) expect(reading).toEqual(expected);
  });

  test('any text is the same text to every reader', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom(...Array.from(' \n\t\r:-#"\'{}[],&*!|>%@`\\abf01_.+eExo~=?')),
      }),
    );
    fc.assert(
      fc.property(text, fc.array(text), (key, texts) => {
        const [first = '', ...rest] = texts.map(stored);
        const value = { [`k${stored(key)}`]: first, list: rest, nested: { list: [{ first }] } };
        for (const reading of readings(writeBlock(value, 2, style))) expect(reading).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });
});

test('any data is the same data', () => {
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(true, false, null, 0, -1.5),
      fc.string(),
      tie('list'),
      tie('map'),
    ),
    list: fc.array(tie('value'), { maxLength: 3 }),
    map: fc.dictionary(fc.string(), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  }));
  fc.assert(
    fc.property(value, fc.constantFrom(...STYLES), (data, style) => {
      expect(load(writeBlock(data as Json, 0, style), { schema: YAML11_SCHEMA })).toEqual(data);
      expect(load(writeFlow(data as Json, undefined))).toEqual(data);
      expect(
        JSON.parse(writeFlow(data as Json, { newline: '\r\n', indent: '  ', unit: '\t' })),
      ).toEqual(data);
    }),
    { numRuns: 500 },
  );
});

test('an entry looks as Helm writes one', () => {
  const entry = {
    annotations: { changes: '- one\n- two\n', 'example.com/a': 'b' },
    created: '2026-01-02T03:04:05Z',
    dependencies: [{ name: 'common', repository: '', tags: ['a'] }],
    digest: '99c76e403d752c84ead610644d4b1c2f2b453a74b921f422b9dcb8a7c8b559cd',
    deprecated: true,
    keywords: [],
    version: '0.1.0',
  };
  expect(writeBlock([entry], 2, { newline: '\n', indentLists: false })).toMatchInlineSnapshot(`
    "  - annotations:
          changes: |
            - one
            - two
          example.com/a: b
        created: "2026-01-02T03:04:05Z"
        dependencies:
        - name: common
          repository: ""
          tags:
          - a
        digest: 99c76e403d752c84ead610644d4b1c2f2b453a74b921f422b9dcb8a7c8b559cd
        deprecated: true
        keywords: []
        version: 0.1.0
    "
  `);
});

test('a key of any length is read', () => {
  const value = { ['k'.repeat(3000)]: { a: ['b'] }, ['l'.repeat(3000)]: 'c' };
  for (const reading of readings(writeBlock(value, 2, { newline: '\n', indentLists: false })))
    expect(reading).toEqual(value);
});
