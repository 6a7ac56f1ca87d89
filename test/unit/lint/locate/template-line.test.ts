import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alignTemplate } from '../../../../generator/src/lint/locate/template-line.ts';

/** The template's line of each line that is rendered. */
function origins(template: string, rendered: string): (number | undefined)[] {
  const lineOf = alignTemplate(template, rendered);
  return rendered.split('\n').map((_, index) => lineOf(index + 1));
}

test.each<[string, string[], string[], (number | undefined)[]]>([
  [
    'comments, conditions and actions of several lines',
    [
      '{{- /* a',
      'b: c */}}',
      'kind: A',
      '{{- if (or',
      '  .x',
      '  .y) }}',
      'b: {{ .b }}',
      '{{- end }}',
    ],
    ['kind: A', 'b: true'],
    [3, 7],
  ],
  ['no line of a comment', ['{{- /*', 'kind: A', '*/}}', 'kind: A'], ['kind: A'], [4]],
  [
    'what is left out',
    ['a: 1', '{{- if .b }}', 'b: 2', '{{- else }}', 'c: 3', '{{- end }}', 'd: 4'],
    ['a: 1', 'c: 3', 'd: 4'],
    [1, 5, 7],
  ],
  [
    'each turn of a loop',
    ['items:', '{{- range .items }}', '- name: {{ .name }}', '  port: {{ .port }}', '{{- end }}'],
    ['items:', '- name: a', '  port: 1', '- name: b', '  port: 2', '- name: c', '  port: 3'],
    [1, 3, 4, 3, 4, 3, 4],
  ],
  [
    'what another template prints, at its call',
    ['metadata:', '  labels:', '    {{- include "labels" . | nindent 4 }}', 'spec:', '  a: b'],
    ['metadata:', '  labels:', '    app: x', '    tier: y', 'spec:', '  a: b'],
    [1, 2, 3, 3, 4, 5],
  ],
  [
    'the second of two documents',
    ['kind: A', 'name: a', '---', 'kind: B', 'name: b'],
    ['', '# Source: demo/templates/x.yaml', 'kind: B', 'name: b'],
    [undefined, undefined, 4, 5],
  ],
  [
    'the items of a list',
    [
      'kind: List',
      'items:',
      '  - kind: A',
      '    name: {{ .a }}',
      '  - kind: B',
      '    name: {{ .b }}',
    ],
    ['kind: List', 'items:', '  - kind: A', '    name: x', '  - kind: B', '    name: x'],
    [1, 2, 3, 4, 5, 6],
  ],
  ['nothing that fits', ['{{- if .a }}', '{{- end }}'], ['a: b'], [undefined]],
  ['carriage returns', ['a: {{ .a }}\r', 'b: c\r'], ['a: 1\r', 'b: c\r'], [1, 2]],
])('finds %s', (_, template, rendered, lines) => {
  expect(origins(template.join('\n'), rendered.join('\n'))).toEqual(lines);
});

describe('lines of different keys', () => {
  const line = fc.record({
    isKept: fc.boolean(),
    before: fc.constantFrom(
      '',
      '{{- if .a }}\n',
      '{{- /* a\nb: c */}}\n',
      '{{- with\n.a }}\n',
      '\n',
    ),
    indent: fc.nat({ max: 6 }),
    shape: fc.constantFrom('a', '{{ .a }}', '"{{ .a }}-{{ .b | quote }}"', '{{ .a }}:{{ .b }}'),
    value: fc.stringMatching(/^[a-z0-9:{} ]{0,8}[a-z]$/),
  });

  test('are found in any template', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const template: string[] = [];
        const rendered: string[] = [];
        const expected: number[] = [];
        for (const [index, { isKept, before, indent, shape, value }] of lines.entries()) {
          const key = `${' '.repeat(indent)}key-${index}: `;
          template.push(...`${before}${key}${shape}`.split('\n'));
          if (!isKept) continue;
          rendered.push(`${key}${shape.replaceAll(/\{\{.*?\}\}/g, () => value)}`);
          expected.push(template.length);
        }
        const found = alignTemplate(template.join('\n'), rendered.join('\n'));
        expect(expected.map((_, index) => found(index + 1))).toEqual(expected);
      }),
    );
  });

  test('are found again in each turn of a loop', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }), (size, turns) => {
        const keys = Array.from({ length: size }, (_, index) => `key-${index}`);
        const template = [
          'a:',
          '{{ range .b }}',
          ...keys.map((key) => `${key}: {{ . }}`),
          '{{ end }}',
        ];
        const rendered = Array.from({ length: turns }, (_, turn) =>
          keys.map((key) => `${key}: ${turn}`),
        );
        const expected = [1, ...rendered.flatMap(() => keys.map((_, index) => index + 3))];
        expect(origins(template.join('\n'), ['a:', ...rendered.flat()].join('\n'))).toEqual(
          expected,
        );
      }),
    );
  });
});

test('any texts are compared, and a line is one of the template', () => {
  const text = fc.array(fc.constantFrom('a: b', '{{', '}}', '{{ .a }}', '', 'a', '- '), {
    maxLength: 15,
  });
  fc.assert(
    fc.property(text, text, (template, rendered) => {
      for (const line of origins(template.join('\n'), rendered.join('\n')))
        if (line !== undefined) expect(template[line - 1]).toBeDefined();
    }),
  );
});

test('texts of many lines are left alone', () => {
  const text = 'a: b\n'.repeat(3000);
  expect(alignTemplate(text, text)(1)).toBeUndefined();
});
