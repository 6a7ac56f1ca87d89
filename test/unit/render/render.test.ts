import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderFiles } from '../../../generator/src/render/index.ts';
import { modelOf, render, template } from './fixture.ts';

describe('two template languages side by side', () => {
  test.each([
    ['an action', '{{ .Values.a }}'],
    ['a trimmed action', '{{- if .Values.a -}}\nx\n{{- else -}}\ny\n{{- end -}}'],
    ['a pipeline', '{{ include "x" . | nindent 4 }}'],
    ['a comment', '{{- /* text */ -}}'],
    ['variables', '{{ range $k, $v := .Values.map }}{{ $k }}{{ $v.x }}{{ end }}'],
    ['the dot', '{{ . }}'],
    ['a flow map', 'x: {a: {b: {{ .Values.a }}}'],
    ['braces in a string', '{{ "}} {{" }}'],
    ['backslashes', '\\{ \\\\{{ .Values.a }} "\\n"'],
    ['shell and TOML', 'if [[ -f x ]]; then echo ${HOME} $(( 1 << 2 )); fi\n[[table]]'],
    ['a workflow', '${{ secrets.X }}'],
    ['characters of HTML', '"a" = \'b\' & <c>'],
  ])('%s comes out as written', (_, text) => {
    expect(render(`${text}\n`)).toBe(`${text}\n`);
  });

  test('any text without <% and %> comes out as written, tidied', () => {
    const word = fc.constantFrom('{', '}', '\\', '{{ .a }}', '"', ' ', '\n', '<', '%', '>', 'x');
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const text = `x${words.join('').replaceAll(/<%|%>/g, '')}`;
        const model = modelOf({ files: [{ ...template(text), target: 'files/x' }] });
        const tidied = text
          .split('\n')
          .map((line) => line.trimEnd())
          .join('\n')
          .trimEnd();
        fc.pre(!/<%|%>/.test(text));
        expect(renderFiles(model).get('files/x')).toBe(`${tidied}\n`);
      }),
    );
  });

  test('a value stands next to Go braces, backslashes and other values', () => {
    expect(
      render('{<% line.line %>} {{ include "<% chart.name %>.x" . }} \\<% line.line %>\n'),
    ).toBe('{4.2} {{ include "spark-4-2.x" . }} \\4.2\n');
  });

  test('a value is printed as it is', () => {
    expect(render('# <% chart.description %>\n')).toBe('# A "cluster" & <more>\n');
  });

  test('numbers and booleans are joined, not added up', () => {
    const text = '<% line.image.java %><% line.defaults.ports %><% line.defaults.cleanup %>\n';
    expect(render(text)).toBe('210true\n');
  });

  test('a Go else inside a generate-time block belongs to Go', () => {
    const text =
      '<%#if line.defaults.cleanup%>\n{{ if .Values.a }}\n1\n{{ else }}\n2\n{{ end }}\n<%/if%>\n';
    expect(render(text)).toBe('{{ if .Values.a }}\n1\n{{ else }}\n2\n{{ end }}\n');
  });
});

describe('blocks', () => {
  test.each([
    ['true', 'line.defaults.cleanup', 'yes'],
    ['false', 'line.defaults.server', 'no'],
    ['zero', 'line.defaults.ports', 'no'],
    ['empty text', 'line.gates.text', 'no'],
    ['a component of the chart', 'components.worker', 'yes'],
    ['a component of other charts', 'components.connect', 'no'],
    ['eq of text and number', '(eq line.image.java "21")', 'yes'],
    ['and', '(and components.worker line.defaults.server)', 'no'],
    ['or', '(or components.connect line.defaults.cleanup)', 'yes'],
    ['not, nested', '(not (or components.connect (eq line.line "4.3")))', 'yes'],
  ])('if: %s', (_, condition, expected) => {
    expect(render(`<%#if ${condition}%>yes<%else%>no<%/if%>`)).toBe(`${expected}\n`);
    expect(render(`<%#unless ${condition}%>no<%else%>yes<%/unless%>`)).toBe(`${expected}\n`);
  });

  test('else if', () => {
    const text = '<%#if components.connect%>a<%else if components.worker%>b<%else%>c<%/if%>';
    expect(render(text)).toBe('b\n');
  });

  test('each and with give names and keep the context', () => {
    const text = `<%#each line.recoveryModes as |mode index|%>
- <% index %> <% mode %> of <% chart.name %>
<%/each%>
<%#each line.defaults as |value key|%>
<% key %>: <% value %>
<%/each%>
<%#with line.image as |image|%>
<% image.tag %>
<%/with%>
`;
    expect(render(text)).toBe(
      '- 0 NONE of spark-4-2\n- 1 ROCKSDB of spark-4-2\ncleanup: true\nserver: false\nports: 0\n4.2.1\n',
    );
  });

  test('lines of blocks and comments leave nothing behind', () => {
    expect(render('a\n  <%! note %>\n  <%#if components.worker%>\n  b\n  <%/if%>\nc\n')).toBe(
      'a\n  b\nc\n',
    );
  });
});

describe('partials', () => {
  test('are indented to the column of the call, lines keep their own indent, empty lines stay empty', () => {
    const partials = { outer: 'a:\n  b: 1\n\n  <%> inner %>\n', inner: 'c:\n  d: 2\n' };
    expect(render('x:\n    <%> outer %>\ny: 1\n', partials)).toBe(
      'x:\n    a:\n      b: 1\n\n      c:\n        d: 2\ny: 1\n',
    );
  });

  test('see their parameters and the whole context', () => {
    const partials = {
      pod: '{{ .Values.<% values %>.labels }} <% name %> <% chart.name %>\n<%> deep name=values %>\n',
      deep: '<%#if (eq name "worker")%>\ndeep <% name %>\n<%/if%>\n',
    };
    expect(render('<%> pod values="worker" name=line.version %>\n', partials)).toBe(
      '{{ .Values.worker.labels }} 4.2.1 spark-4-2\ndeep worker\n',
    );
  });

  test('can be called inside each, where names are handed on as parameters', () => {
    const text = '<%#each line.recoveryModes as |mode|%>\n  <%> one mode=mode %>\n<%/each%>\n';
    expect(render(text, { one: '- <% mode %>\n' })).toBe('  - NONE\n  - ROCKSDB\n');
  });
});

describe('files', () => {
  test('that are not rendered are copied byte for byte', () => {
    const content = Buffer.from([0x00, 0xff, 0x3c, 0x25, 0x20, 0x0d, 0x0a]);
    const model = modelOf({
      files: [{ ...template(''), target: 'files/icon.png', content, rendered: false }],
    });
    expect(renderFiles(model).get('files/icon.png')).toEqual(content);
  });

  test('of templates/ that render to white space are left out, others stay', () => {
    const text = ' <%#if line.defaults.server%>x<%/if%> \n\n';
    const model = modelOf({ files: [template(text), { ...template(text), target: 'files/x' }] });
    expect([...renderFiles(model)]).toEqual([['files/x', '\n']]);
  });

  test('lose blanks at line ends and get one line feed at the end', () => {
    expect(render('a \t\nb\n\n\n')).toBe('a\nb\n');
  });
});
