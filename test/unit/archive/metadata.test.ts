import { expect, test } from 'vitest';
import { parseMetadata } from '../../../generator/src/archive/metadata.ts';
import { chartYaml } from './fixture.ts';

const parse = (text: string, code: 'CHART_INVALID' | 'ARCHIVE_INVALID' = 'CHART_INVALID') =>
  parseMetadata(Buffer.from(text), { file: 'demo/Chart.yaml', code });

test('values become what Helm makes of them, unknown and empty fields go', () => {
  const more = `
appVersion: 1.10
unknown: 1
home: ''
keywords: [a, 2, true]
deprecated: yes
annotations: { a: 1, __proto__: x }
maintainers: [{ name: me, phone: 1 }]
dependencies: [{ name: x, version: 1.0.0, repository: '', import-values: [a, { child: c, parent: p }] }]
`;
  expect(parse(chartYaml('demo', '1.0.0', more))).toEqual({
    annotations: { a: '1', ['__proto__']: 'x' },
    apiVersion: 'v2',
    appVersion: '1.1',
    dependencies: [
      {
        'import-values': ['a', { child: 'c', parent: 'p' }],
        name: 'x',
        repository: '',
        version: '1.0.0',
      },
    ],
    deprecated: true,
    keywords: ['a', '2', 'true'],
    maintainers: [{ name: 'me' }],
    name: 'demo',
    version: '1.0.0',
  });
});

test.each([
  ['[]', 'expected a mapping'],
  ['a: [', 'unexpected end of the stream within a flow collection'],
  [chartYaml('..'), 'name ".." cannot be part of a file name'],
  [chartYaml('a/b'), 'name "a/b" cannot be part of a file name'],
  [chartYaml('"a\\\\b"'), 'name "a\\\\b" cannot be part of a file name'],
  [chartYaml('a b'), 'name "a b" cannot be part of a file name'],
  [chartYaml('demo', 'latest'), 'version "latest" is not a semantic version such as 1.2.3'],
  [chartYaml('demo', '[]'), 'expected text'],
  ['apiVersion: v2', 'name is missing'],
  ['name: demo\nversion: 1.0.0', 'apiVersion must be v2 or v1, not undefined'],
  ['apiVersion: v3\nname: demo\nversion: 1.0.0', 'apiVersion must be v2 or v1, not "v3"'],
  [chartYaml('demo', '1.0.0', 'type: lib'), 'type must be application or library, not "lib"'],
  [chartYaml('demo', '1.0.0', 'keywords: a'), 'expected a list'],
  [chartYaml('demo', '1.0.0', 'maintainers: [null]'), 'expected a mapping'],
  [chartYaml('demo', '1.0.0', 'deprecated: 1'), 'expected true or false'],
  [
    chartYaml('demo', '1.0.0', 'dependencies: [{ name: a }, { name: a }]'),
    'more than one dependency is called "a"; give one an alias',
  ],
  [
    chartYaml('demo', '1.0.0', 'dependencies: [{ name: a, alias: a b }]'),
    'dependency alias "a b" may hold letters, digits, - and _ only',
  ],
])('%j is refused', (text, message) => {
  expect(() => parse(text)).toThrow(
    expect.objectContaining({
      code: 'CHART_INVALID',
      problems: expect.arrayContaining([expect.objectContaining({ message })]) as unknown,
    }),
  );
});

test('a mistake in YAML has its place', () => {
  expect(() => parse('a: 1\nb: "x\n')).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining({ line: 3, column: 1 })] }),
  );
});

test('an archive of old without apiVersion is a v1 chart', () => {
  expect(parse('name: demo\nversion: 1.0.0', 'ARCHIVE_INVALID')).toMatchObject({
    apiVersion: 'v1',
  });
});

test('aliases cannot blow a small file up', () => {
  const bomb = `x: &x [a]\nkeywords: [${'*x,'.repeat(60)}]\n`;
  expect(() => parse(chartYaml('demo', '1.0.0', bomb))).toThrow(
    expect.objectContaining({ code: 'CHART_INVALID' }),
  );
});
