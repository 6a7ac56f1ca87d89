import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../generator/src/errors.ts';
import { parseYaml } from '../../../generator/src/model/yaml-source.ts';
import type { YamlSource } from '../../../generator/src/model/yaml-source.ts';

function parse(content: string | Buffer): { source: YamlSource | undefined; problems: Problem[] } {
  const problems: Problem[] = [];
  return { source: parseYaml('x.yaml', Buffer.from(content), problems), problems };
}

describe('parseYaml', () => {
  it.each([
    ['not UTF-8', Buffer.from([0x61, 0x3a, 0x20, 0xff]), undefined, 'the file is not UTF-8 text'],
    ['duplicate key', 'a: 1\na: 2\n', '2:1', 'Map keys must be unique'],
    ['anchor', 'a: &x 1\n', '1:7', 'anchors are not supported'],
    [
      'alias',
      'a: &x 1\nb: *x\n',
      '2:4',
      'aliases are not supported, write the value out or use $ref',
    ],
    ['tag', 'a: !!str 1\n', '1:10', 'tags are not supported'],
    ['key that is a list', '[a]: b\n', '1:1', 'With stringKeys, all keys must be strings'],
    [
      'directive',
      '%YAML 1.1\n---\na: yes\n',
      '2:1',
      'directives are not supported, authored files are YAML 1.2',
    ],
    ['infinity', 'a: .inf\n', '1:4', 'the number cannot be held exactly, put it in quotes'],
    [
      'large integer',
      'a: 12345678901234567890\n',
      '1:4',
      'the number cannot be held exactly, put it in quotes',
    ],
    [
      'deep nesting',
      `${'['.repeat(200)}${']'.repeat(200)}`,
      '1:129',
      'the data is nested too deeply',
    ],
    [
      'deeper nesting',
      '['.repeat(100_000),
      expect.stringMatching(/^1:\d+$/) as string,
      'the data is nested too deeply',
    ],
  ])('refuses: %s', (_, content, place, message) => {
    const { source, problems } = parse(content);
    expect(source).toBeUndefined();
    const found = problems.map(({ line, column, message }) => [
      line && `${line}:${column ?? ''}`,
      message,
    ]);
    expect(found).toContainEqual([place, message]);
  });

  it('refuses a second document', () => {
    expect(parse('a: 1\n---\nb: 1\n').problems).toMatchObject([
      {
        line: 2,
        column: 1,
        excerpt: '---',
        message: expect.stringMatching(/write one only$/) as string,
      },
    ]);
  });

  it('tells the first syntax error only', () => {
    const { problems } = parse('a:\n  b: 1\n\tc: 2\n\td: [\n\te: 3\n');
    expect(problems).toMatchObject([
      { line: 3, message: expect.stringMatching(/^Tabs/) as string },
    ]);
  });

  it('refuses what expands without end', () => {
    const lines = Array.from(
      { length: 30 },
      (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`,
    );
    expect(parse(`a0: &a0 [x]\n${lines.join('\n')}\n`).source).toBeUndefined();
  });

  it('never throws', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'ab: -[]{}&*!#"\'|>%\n\t?,'.split('')),
      maxLength: 60,
    });
    fc.assert(
      fc.property(text, fc.boolean(), (content, aliases) => {
        const problems: Problem[] = [];
        const source = parseYaml('x.yaml', Buffer.from(content), problems, { aliases });
        expect(source === undefined).toBe(problems.length > 0);
      }),
    );
  });
});

describe('a problem', () => {
  const { source } = parse('a:\n  - b: 1\r\n    c: {d: 2}\n');
  const place = (...args: Parameters<YamlSource['problem']>) => {
    const problem = source?.problem(...args);
    return `${problem?.line ?? ''}:${problem?.column ?? ''} ${problem?.excerpt ?? ''}`;
  };

  it('stands at a value', () => {
    expect(place(['a', 0, 'b'], '')).toBe('2:8   - b: 1');
  });

  it('stands at a key', () => {
    expect(place(['a', 0, 'c', 'd'], '', { at: 'key' })).toBe('3:9     c: {d: 2}');
  });

  it('stands at the nearest parent of what does not exist', () => {
    expect(place(['a', 0, 'c', 'x', 'y'], '')).toBe('3:8     c: {d: 2}');
    expect(place(['x'], '')).toBe('1:1 a:');
  });
});
