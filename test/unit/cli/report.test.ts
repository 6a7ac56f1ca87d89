import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { errorDocument, formatUserError } from '../../../generator/src/cli/report.ts';
import { type Problem, UserError } from '../../../generator/src/errors.ts';

function shown(...problems: Problem[]): string {
  const error = new UserError('SOURCE_INVALID', 'the sources have mistakes', { problems });
  return formatUserError(error, new PassThrough()).replace(
    'Error: the sources have mistakes\n\n',
    '',
  );
}

describe('a mistake looks like this', () => {
  test('with all there is to say', () => {
    const problem = {
      message: 'unknown keyword "defualt"',
      file: 'charts-src/components/worker/model.yaml',
      line: 14,
      column: 9,
      path: 'worker.replicas',
      rule: 'schemas/model.schema.json#/definitions/node',
      hint: 'did you mean "default"?',
      excerpt: '        defualt: 2',
    };
    expect(shown(problem))
      .toBe(`charts-src/components/worker/model.yaml:14:9  unknown keyword "defualt"
  14 │         defualt: 2
     │         ^^^^^^^ did you mean "default"?
  worker.replicas · schemas/model.schema.json#/definitions/node
`);
  });

  test.each<[string, Problem, string]>([
    ['no place', { message: 'unknown chart' }, 'unknown chart\n'],
    [
      'a hint only',
      { message: '--chek', hint: 'did you mean "--check"?' },
      '--chek\n  did you mean "--check"?\n',
    ],
    ['a file', { message: 'is missing', file: 'a' }, 'a  is missing\n'],
    [
      'no word at the column',
      { message: 'm', file: 'a', line: 1, column: 3, excerpt: 'x {{ y' },
      'a:1:3  m\n  1 │ x {{ y\n    │   ^\n',
    ],
    [
      'tabs',
      { message: 'm', file: 'a', line: 1, column: 2, excerpt: '\tx' },
      'a:1:2  m\n  1 │ \tx\n    │ \t^\n',
    ],
    [
      'a column behind the line',
      { message: 'm', file: 'a', line: 1, column: 3, excerpt: 'x' },
      'a:1:3  m\n  1 │ x\n    │  ^\n',
    ],
  ])('with %s', (_, problem, expected) => {
    expect(shown(problem)).toBe(expected);
  });

  test('in a long line only what is around it', () => {
    const excerpt = `${'x'.repeat(500)} here ${'y'.repeat(500)}`;
    const [, line = '', marker = ''] = shown({
      message: 'm',
      file: 'a',
      line: 1,
      column: 502,
      excerpt,
    }).split('\n');
    expect(line.length).toBeLessThan(120);
    expect(line.slice(marker.indexOf('^')).startsWith('here')).toBe(true);
    expect(marker.trim()).toBe(
      '│ '.trim() + ' '.repeat(marker.indexOf('^') - marker.indexOf('│') - 1) + '^^^^',
    );
  });

  test('without the terminal escapes that input may hold', () => {
    const text = '\u001B[31m\u009Bred\u0007';
    const problem = {
      message: text,
      file: text,
      line: 1,
      column: 1,
      excerpt: text,
      hint: text,
      path: text,
    };
    expect(shown(problem)).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

test('a line break in the name of a file is no line break in the message', () => {
  expect(shown({ message: 'm', file: 'a\nb\tc', path: 'd\re' })).toBe('a\\nb\\tc  m\n  d\\re\n');
});

test('what was done all the same stands beside the error in JSON', () => {
  const error = new UserError('CHECK_FAILED', 'one is wrong', { result: { added: ['a'] } });
  expect(errorDocument(error)).toEqual({
    error: { code: 'CHECK_FAILED', message: 'one is wrong', problems: [] },
    result: { added: ['a'] },
  });
});

test('problems stand apart, the next step comes last', () => {
  const problems = [{ message: 'one' }, { message: 'two' }];
  const error = new UserError('USAGE', 'wrong', { problems, next: 'Run this.' });
  expect(formatUserError(error, new PassThrough())).toBe(
    'Error: wrong\n\none\n\ntwo\n\nRun this.\n',
  );
  expect(errorDocument(error)).toEqual({
    error: { code: 'USAGE', message: 'wrong', problems, next: 'Run this.' },
  });
});
