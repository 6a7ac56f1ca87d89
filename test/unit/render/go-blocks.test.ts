import fc from 'fast-check';
import { expect, test } from 'vitest';
import { goSyntaxProblems } from '../../../generator/src/render/go-blocks.ts';

/** `line:column message` of each problem. */
function problemsOf(text: string): string[] {
  return goSyntaxProblems(text).map(({ offset, message }) => {
    const lines = text.slice(0, offset).split('\n');
    return `${lines.length}:${(lines.at(-1) ?? '').length + 1} ${message}`;
  });
}

test.each([
  '{{ if .a }}{{ else if .b }}{{ else }}{{ end }}',
  '{{- with .a -}} {{- else with .b -}} {{- end -}}',
  '{{ range $i, $x := .a }}{{ if $x }}{{ break }}{{ end }}{{ continue }}{{ else }}{{ end }}',
  '{{ define "a" }}{{ block "b" . }}{{ end }}{{ end }}{{ define "c" }}{{ end }}',
  '{{ .end }}{{ $else := 1 }}{{ $else }}{{ "end" }}{{/* end */}}{{ endless }}{{ ifx "(" }}',
  '{{ (printf ")" (.a)) | f ( .b ) }} ( text',
  '{{ if .a }}\n  {{ end }}',
])('%j is well formed', (text) => {
  expect(problemsOf(text)).toEqual([]);
});

test.each([
  ['{{ if .a }}\n{{ else }}\n{{- else }}\n{{ end }}', '3:1 "else" after the "else" of "if"'],
  ['a\n{{- else }}', '2:1 "else" without "if"'],
  ['{{ define "a" }}{{ else }}{{ end }}', '1:17 "else" without "if"'],
  ['{{ if .a }}{{ else }}{{ else if .b }}{{ end }}', '1:22 "else" after the "else" of "if"'],
  ['{{ with .a }}{{ else if .b }}{{ end }}', '1:14 "else if" in "with"'],
  ['{{ if .a }}\n{{ if .b }}\n{{ end }}', '1:1 "if" has no "end"'],
  ['{{ if .a }}{{ end }}\n{{ end }}', '2:1 "end" closes nothing'],
  ['{{ f (.a }}', '1:6 "(" is not closed'],
  ['{{ f (.a)) }}', '1:10 ")" closes nothing'],
  ['{{ if (.a }}{{ end }}{{ end }}', '1:7 "(" is not closed'],
  ['{{ f "a }}{{ if }}', '1:6 " is not closed'],
])('%j is not', (text, problem) => {
  expect(problemsOf(text)).toEqual([problem]);
});

test('a missing end is told at the definition that lacks it', () => {
  const text = '{{ define "a" }}\n{{ end }}\n{{ define "b" }}\n{{ define "c" }}\n{{ end }}\n';
  expect(problemsOf(text)).toEqual(['3:1 "define" has no "end"']);
});

test('of nested blocks the one whose end stands elsewhere is told', () => {
  const block = (inside: string) => `{{ with .a }}\n  - ${inside}\n{{ end }}\n`;
  const text = (inside: string) => `{{ define "x" }}\n${block(inside)}{{ end }}\n`;
  expect(problemsOf(text('{{ if .b }}b'))).toEqual(['3:5 "if" has no "end"']);
  expect(problemsOf(text('b{{ end }}'))).toEqual(['3:6 "end" closes nothing']);
});

test('templates made of whole blocks are well formed, one action less or more is not', () => {
  const { template } = fc.letrec<{ template: string }>((tie) => ({
    template: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('text\n', '{{ .a }}', '{{ "{{" }}'),
      fc
        .tuple(fc.constantFrom('if', 'with', 'range'), tie('template'), tie('template'))
        .map(([keyword, yes, no]) => `{{ ${keyword} .a }}${yes}{{ else }}${no}{{ end }}`),
    ),
  }));
  fc.assert(
    fc.property(template, (text) => {
      expect(goSyntaxProblems(text)).toEqual([]);
      expect(goSyntaxProblems(`${text}{{ end }}`)).toHaveLength(1);
      expect(goSyntaxProblems(`{{ if .a }}${text}`)).toHaveLength(1);
    }),
  );
});
