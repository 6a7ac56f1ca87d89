import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readActions } from '../../../../generator/src/lint/templates/actions.ts';
import { parseTemplate } from '../../../../generator/src/lint/templates/parse.ts';
import { endsSoon } from '../../../support/ends-soon.ts';

const CHARTS = join(import.meta.dirname, '../../../../dist/charts');

test('every template of our charts is read', async () => {
  const files = globSync(`${CHARTS}/*/templates/**/*.*`);
  expect(files.length).toBeGreaterThan(50);
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  expect(files.filter((_, index) => parseTemplate(texts[index] ?? '') === undefined)).toEqual([]);
});

test.each([
  ['text {{ "}}" }} }} {{`}}`}} {{ \'}\' }}', 3],
  ['{{- /* {{ end }} "not closed */ -}}', 1],
  ['{{/* a */}}{{ .b }}', 2],
  ['{{ .a\n  | quote }}', 1],
])('%s has its actions', (text, count) => {
  const { actions, isWhole } = readActions(text);
  expect(isWhole).toBe(true);
  expect(actions).toHaveLength(count);
  expect(parseTemplate(text)).toBeDefined();
});

test.each([
  '{{ "a }}',
  '{{ /* a */}}',
  '{{/* a }}',
  'a}}{{/* b',
  '{{/* a */ b }}',
  '{{ .a',
  '{{ end }}',
  '{{ if .a }}',
  '{{ else }}',
  '{{ if }}{{ end }}',
  '{{ .a | }}',
  '{{ (.a }}',
  '{{ .a) }}',
  '{{ define .a }}{{ end }}',
  '{{ {{ }}',
])('%s is no template', (text) => {
  expect(parseTemplate(text)).toBeUndefined();
});

test('a block has its branches, and one end closes an else if', () => {
  const nodes = parseTemplate('{{if .a}}{{.b}}{{else if .c}}{{.d}}{{else}}{{.e}}{{end}}{{.f}}');
  expect(nodes).toMatchObject([
    {
      keyword: 'if',
      body: [{ type: 'action' }],
      otherwise: [{ keyword: 'if', body: [{ type: 'action' }], otherwise: [{ type: 'action' }] }],
    },
    { type: 'action' },
  ]);
});

test('an expression has its parts and their offsets', () => {
  const [node] = parseTemplate('{{ $x, $y := (get .a "b").c.d | f $x.y 1 }}') ?? [];
  expect(node).toEqual({
    type: 'action',
    pipeline: {
      variables: ['$x', '$y'],
      declares: true,
      commands: [
        [
          {
            type: 'fields',
            names: ['c', 'd'],
            offset: 13,
            base: {
              type: 'pipeline',
              offset: 13,
              pipeline: {
                variables: [],
                declares: false,
                commands: [
                  [
                    { type: 'function', name: 'get', offset: 14 },
                    { type: 'fields', base: { type: 'dot', offset: 18 }, names: ['a'], offset: 18 },
                    { type: 'text', value: 'b', offset: 21 },
                  ],
                ],
              },
            },
          },
        ],
        [
          { type: 'function', name: 'f', offset: 32 },
          {
            type: 'fields',
            base: { type: 'variable', name: '$x', offset: 34 },
            names: ['y'],
            offset: 34,
          },
          { type: 'integer', value: 1, offset: 39 },
        ],
      ],
    },
  });
});

test('any text is read or refused, never fails', () => {
  const part = fc.constantFrom(
    ...['{{', '}}', '{{-', '-}}', '/*', '*/', '"', '`', "'", '(', ')', '|', ':=', '$x', '.a', ' '],
    ...['if', 'else', 'end', 'range', 'with', 'define', 'block', 'template', '\n', ',', '1', 'é'],
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      const { actions } = readActions(text);
      for (const { offset } of actions) expect(text.slice(offset, offset + 2)).toBe('{{');
      parseTemplate(text);
    }),
  );
});

test.each(['(', '{{ if .a }}', '{{/* ', '{{ " ', '`'])('much of %s is refused at once', (part) => {
  expect(endsSoon(() => parseTemplate(`{{ ${part.repeat(100_000)}`))).toBeUndefined();
});

test.each([
  ['blocks', '{{ if .a }}', '{{ end }}'],
  ['blocks in else', '{{ with .a }}{{ else }}', '{{ end }}'],
  ['definitions', '{{ define "a" }}', '{{ end }}'],
  ['else if', '{{ else if .a }}', ''],
])('%s are read to a depth that recursion can follow', (_, begin, end) => {
  const text = (depth: number) => `{{ if .a }}${begin.repeat(depth)}x${end.repeat(depth)}{{ end }}`;
  expect(parseTemplate(text(150))).toHaveLength(1);
  expect(parseTemplate(text(6000))).toBeUndefined();
  expect(
    parseTemplate(`{{ if .a }}${'{{ if .b }}{{ else if .c }}{{ end }}'.repeat(6000)}{{ end }}`),
  ).toHaveLength(1);
});
