import { describe, expect, test } from 'vitest';
import type { SourceFile } from '../../../generator/src/model/catalog.ts';
import { renderFiles } from '../../../generator/src/render/index.ts';
import { mistakes, modelOf, template } from './fixture.ts';

const inTemplate = (text: string, partials: Record<string, string> = {}) =>
  mistakes(modelOf({ files: [template(text)], partials }));

describe('what Handlebars would read', () => {
  test.each([
    [
      'a misspelt path',
      'a\n{{ x }} <% chart.nmae %>',
      '2:12 unknown path "chart.nmae" (did you mean "name"?)',
    ],
    [
      'a path of another chart',
      '<% chart.x.y %>',
      '1:4 unknown path "chart.x.y" (chart has name, family, version, appVersion, description)',
    ],
    [
      'an unknown start',
      '<% foo %>',
      '1:4 unknown path "foo" (paths start with chart, line, components, repository)',
    ],
    [
      'a path in a condition',
      '<%#if line.defaults.clean%><%/if%>',
      '1:7 unknown path "line.defaults.clean" (line.defaults has cleanup, server, ports)',
    ],
    [
      'a path of JavaScript',
      '<% chart.constructor %>',
      '1:4 unknown path "chart.constructor" (chart has name, family, version, appVersion, description)',
    ],
    [
      'a branch that is not taken',
      '<%#if line.defaults.server%><% chart.nam %><%/if%>',
      '1:32 unknown path "chart.nam" (did you mean "name"?)',
    ],
    [
      'an else branch',
      '<%#if line.defaults.cleanup%><%else%><% chart.nam %><%/if%>',
      '1:41 unknown path "chart.nam" (did you mean "name"?)',
    ],
    [
      'an unknown item',
      '<%#each line.recoveryModes as |mode|%><% mode.x %><%/each%>',
      '1:42 unknown path "mode.x"',
    ],
    [
      'a name behind its block',
      '<%#with line as |l|%><%/with%><% l.line %>',
      '1:34 unknown path "l.line" (paths start with chart, line, components, repository)',
    ],
    [
      'an object',
      '<% line.image %>',
      '1:1 "line.image" is not a single value (it has tag, java, scala)',
    ],
    [
      'a block helper',
      '<%#iff components.worker%><%/iff%>',
      '1:1 there is no block helper "iff" (did you mean "if"?)',
    ],
    ['a helper', '<%#if (equ 1 2)%><%/if%>', '1:7 there is no helper "equ" (did you mean "eq"?)'],
    [
      'a built-in helper',
      '<%#if (lookup chart "name")%><%/if%>',
      '1:7 there is no helper "lookup"',
    ],
    ['too few values', '<%#if (eq 1)%><%/if%>', '1:7 eq takes 2 values, not 1'],
    ['too many values', '<%#if chart.name line.line%><%/if%>', '1:1 if takes 1 value, not 2'],
    ['a named value', '<%#if (not 1 x=2)%><%/if%>', '1:7 not takes no "x="'],
    ['a printed helper', '<% eq 1 2 %>', '1:1 "eq" is called, but only paths can be printed'],
    [
      'each without a name',
      '<%#each line.recoveryModes%><%/each%>',
      '1:1 each names what it gives: "as |item|"',
    ],
    ['if with a name', '<%#if line.line as |x|%><%/if%>', '1:1 if takes no "as |…|"'],
    ['each of text', '<%#each line.line as |x|%><%/each%>', '1:1 each needs a list or a map'],
    ['this', '<% this %>', '1:4 "this" is not part of the template language'],
    ['a parent', '<% ../chart.name %>', '1:4 "../chart.name" is not part of the template language'],
    [
      'data',
      '<% @root.chart.name %>',
      '1:4 "@root.chart.name" is not part of the template language',
    ],
    [
      'undefined',
      '<%#if undefined%><%/if%>',
      '1:7 null and undefined are not part of the template language',
    ],
    ['a decorator', '<%* x %>', '1:1 decorators are not part of the template language'],
    [
      'an inline partial',
      '<%#*inline "x"%><%/inline%>',
      '1:1 inline partials are not part of the template language',
    ],
  ])('%s', (_, text, expected) => {
    expect(inTemplate(text)).toEqual([`x.yaml.hbs:${expected}`]);
  });
});

describe('syntax', () => {
  test.each([
    [
      'an open block',
      'a\n<%#if line.line%>\n<%#if line.line%><%/if%>\n',
      '2:1 a block is never closed (each <%#name …%> needs its <%/name%>)',
    ],
    ['a wrong end', '{{ x }} <%#if line.line%><%/each%>', "1:12 if doesn't match each"],
    ['an end too much', 'a\nb <%/if%>', '2:3 unexpected "<%/"'],
    ['an open tag', '<% x %>\n {{ x }} <% a\n', '2:10 "<%" is never closed'],
    ['a missing value', '{{ x }} <% a b= %>', '1:17 unexpected "%>"'],
    ['braces', '<%{ chart.name }%>', '1:1 "{" is called, but only paths can be printed'],
    ['an end of a tag', 'a %> b', '1:1 "%>" closes nothing'],
    [
      'trimming',
      'a\n<%~ chart.name %>',
      '2:1 "~" is not part of the template language (lines of blocks go by themselves)',
    ],
    [
      'a carriage return',
      'a\r\n',
      '1:2 the line ends with a carriage return (save the file with line feeds only)',
    ],
    [
      'a reserved character',
      'a\n \uE001',
      '2:2 the line holds a character of the private range U+E000 to U+E004',
    ],
  ])('%s', (_, text, expected) => {
    expect(inTemplate(text)).toEqual([`x.yaml.hbs:${expected}`]);
  });

  test('a last line without line feed', () => {
    const file: SourceFile = { ...template(''), content: Buffer.from('a\nb') };
    expect(mistakes(modelOf({ files: [file] }))).toEqual([
      'x.yaml.hbs:2:1 the last line has no line feed',
    ]);
  });

  test('bytes that are no text', () => {
    const file: SourceFile = { ...template(''), content: Buffer.from([0x61, 0xff]) };
    expect(mistakes(modelOf({ files: [file] }))).toEqual(['x.yaml.hbs the file is not UTF-8 text']);
  });
});

describe('partials', () => {
  test.each([
    [
      'an unknown one',
      '<%> pdo %>',
      { pod: '' },
      'x.yaml.hbs:1:1 there is no partial "pdo" (did you mean "pod"?)',
    ],
    [
      'a missing parameter',
      'a\n<%> pod %>',
      { pod: 'b\n<% values %>' },
      'x.yaml.hbs:2:1 the partial "pod" needs "values", used in partials/pod.hbs:2 (write values="…")',
    ],
    [
      'a misspelt parameter',
      'a\n<%> pod value="worker" %>',
      { pod: 'b\n<%#if values%><% values %><%/if%>' },
      'x.yaml.hbs:2:1 the partial "pod" needs "values", used in partials/pod.hbs:2 (did you mean "values" instead of "value"?)',
    ],
    [
      'a parameter too many',
      '<%> pod values="worker" extra="x" %>',
      { pod: '<%#each line.recoveryModes as |extra|%><% extra %><% values %><%/each%>' },
      'x.yaml.hbs:1:1 the partial "pod" does not use "extra"',
    ],
    [
      'a misspelt part of the context in a partial',
      '<%> pod %>',
      { pod: '<% chrat.name %>' },
      'partials/pod.hbs:1:4 unknown path "chrat.name" (did you mean "chart"?)',
    ],
    [
      'a parameter of the caller',
      '<%> a v="1" %>',
      { a: '<% v %>\n<%> b %>', b: '<% v %>' },
      'partials/a.hbs:2:1 the partial "b" needs "v", used in partials/b.hbs:1 (write v="…")',
    ],
    [
      'a name of the caller',
      '<%#with line as |l|%>\n<%> a %>\n<%/with%>',
      { a: '<% l.line %>' },
      'x.yaml.hbs:2:1 the partial "a" needs "l", used in partials/a.hbs:1 (write l="…")',
    ],
    [
      'a parameter that hides',
      '<%> a line="1" %>',
      { a: '' },
      'x.yaml.hbs:1:1 the parameter "line" hides a part of the context',
    ],
    [
      'a parameter without a name',
      '<%> a line %>',
      { a: '' },
      'x.yaml.hbs:1:1 a partial takes its parameters by name (write name="value")',
    ],
    [
      'a call inside a line',
      'b: <%> a %>',
      { a: '' },
      'x.yaml.hbs:1:4 a partial is called on a line of its own',
    ],
    [
      'a circle',
      '<%> a %>',
      { a: '<%> b %>', b: '<%> a %>' },
      'partials/b.hbs:1:1 partials call each other in a circle: a → b → a',
    ],
    [
      'a block',
      '<%#> a %><%/a%>',
      { a: '' },
      'x.yaml.hbs:1:1 a partial takes parameters, not a block',
    ],
    ['syntax of one nobody calls', 'x', { a: '<% %>' }, 'partials/a.hbs:1:4 unexpected "%>"'],
  ])('%s', (_, text, partials, expected) => {
    expect(inTemplate(text, partials)).toEqual([expected]);
  });

  test('a mistake is told once, however often the partial is called with it', () => {
    const text = '<%> a %>\n<%> a %>\n';
    expect(inTemplate(text, { a: '<% chart.nam %>' })).toHaveLength(1);
  });
});

test('all mistakes of all files are told at once', () => {
  const files = ['<% a %>\n<% b %>', '<% c'].map((text, index) => ({
    ...template(text),
    source: `${index}.hbs`,
  }));
  expect(mistakes(modelOf({ files })).map((problem) => problem.split(' ')[0])).toEqual([
    '1.hbs:1:1',
    '0.hbs:1:4',
    '0.hbs:2:4',
  ]);
});

describe('what Helm will read', () => {
  const values = {
    type: 'object',
    properties: { worker: { type: 'object', properties: { replicas: { type: 'integer' } } } },
  };
  const finished = (file: SourceFile, partials: Record<string, string> = {}) =>
    mistakes(modelOf({ files: [file], partials, values }));

  test('an unknown value is told where it was written, also inside a partial', () => {
    const text =
      'a\n<%#if components.worker%>\n  <%> p values="worker" %>\n<%/if%>\n<% chart.name %>: {{ .Values.wroker.x }}\n';
    const partials = { p: '<%! note %>\nb:\n  c: {{ .Values.<% values %>.replica }}\n' };
    expect(finished(template(text), partials)).toEqual([
      'partials/p.hbs:3:9 .Values.worker.replica is not in the values model (did you mean "replicas"?)',
      'x.yaml.hbs:5:22 .Values.wroker.x is not in the values model (did you mean "worker"?)',
    ]);
  });

  test.each([
    ['an action that is not closed', 'a: {{ .x\nb: {{ .y }}\n', '1:4 "{{" is not closed'],
    ['an end too much', '{{ .x }} <% line.line %> }}\n', '1:26 "}}" closes nothing'],
    [
      'a second else',
      '<%! x %>\n{{ if .x }}\n{{ else }}\n<% line.line %> {{- else }}\n{{ end }}\n',
      '4:17 "else" after the "else" of "if"',
    ],
    ['a block without end', 'a\n<% line.line %> {{ with .x }}\n', '2:17 "with" has no "end"'],
    ['an open bracket', '<% line.line %>: {{ f (.x }}\n', '1:23 "(" is not closed'],
  ])('%s', (_, text, expected) => {
    expect(finished(template(text))).toEqual([`x.yaml.hbs:${expected}`]);
  });

  test.each([
    ['blanks', 'a\nb \n', '2:2 the line ends with blanks'],
    ['a carriage return', 'a\r\n', '1:2 the line ends with a carriage return'],
    ['no line feed', 'a\nb', '2:1 the last line has no line feed'],
    ['empty lines', 'a\n\n', '1:1 the file ends with empty lines'],
    ['a block without end', 'a\nb: {{ if .x }}\n', '2:4 "if" has no "end"'],
  ])('copied files: %s', (_, text, expected) => {
    const file = { ...template(''), content: Buffer.from(text), rendered: false };
    expect(finished(file)).toEqual([`x.yaml.hbs:${expected}`]);
  });
});

test('charts that share their files keep their own names and places', () => {
  const files = [template('<% chart.name %>\n<%> p v="x" %>\n{{ .Values.b }}\n')];
  const values = { type: 'object', properties: { a: {} } };
  const first = modelOf({ files, partials: { o: 'o\n', p: '<% v %>: {{ .Values.c }}\n' }, values });
  const second = { ...first, name: 'other', partials: new Map([...first.partials].slice(1)) };
  const expected = [
    'partials/p.hbs:1:13 .Values.c is not in the values model (did you mean "a"?)',
    'x.yaml.hbs:3:4 .Values.b is not in the values model (did you mean "a"?)',
  ];
  expect(mistakes(first)).toEqual(expected);
  expect(mistakes(second)).toEqual(expected);
  const sound = { ...second, values: { type: 'object', additionalProperties: true } };
  const rendered = renderFiles({ ...sound, name: 'third' }).get('templates/worker/x.yaml');
  expect(rendered).toBe('third\nx: {{ .Values.c }}\n{{ .Values.b }}\n');
});
