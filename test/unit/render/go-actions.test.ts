import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scanGoTemplate } from '../../../generator/src/render/go-actions.ts';

test.each([
  ['{{ .a }} text {{- .b -}}', [' .a ', '- .b -']],
  ['{{/* {{ .a }} */}}{{ .b }}', ['              ', ' .b ']],
  ['{{ "}} \\" {{" }}', ['            ']],
  ['{{ `}}"` }}', ['       ']],
  ["{{ '}' }}", ['     ']],
  ['{ {x} } %', []],
])('actions of %j', (text, code) => {
  expect(scanGoTemplate(text)).toEqual({
    actions: code.map((part) => expect.objectContaining({ code: part }) as unknown),
    problems: [],
  });
});

test.each([
  ['{{ .a', 0, '"{{" is not closed'],
  ['{{ .a {{ .b }}', 0, '"{{" is not closed'],
  ['{{ .a "}} ', 6, '" is not closed'],
  ['{{ .a `}} ', 6, '` is not closed'],
  ['a }} {{ .b }}', 2, '"}}" closes nothing'],
])('a problem of %j', (text, offset, message) => {
  expect(scanGoTemplate(text).problems[0]).toMatchObject({ offset, message });
});

test('offsets point at the braces, code has the length of what it stands for', () => {
  const part = fc.constantFrom('{{', '}}', '"', '`', '/*', '*/', ' ', '.Values.a', '\n', '\\');
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const text = parts.join('');
      const { actions, problems } = scanGoTemplate(text);
      for (const { start, code } of actions) {
        expect(text.slice(start, start + 2)).toBe('{{');
        expect(text.slice(start + 2 + code.length, start + 4 + code.length)).toBe('}}');
      }
      for (const { offset, length } of problems)
        expect(['{{', '}}', '"', '`']).toContain(text.slice(offset, offset + length));
    }),
  );
});
