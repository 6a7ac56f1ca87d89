import type { WriteStream } from 'node:tty';
import { afterEach, expect, test, vi } from 'vitest';
import { createProgress } from '../../../generator/src/cli/progress.ts';

function streamOf(properties: { isTTY: boolean; columns?: number }) {
  const written: string[] = [];
  const stream = { ...properties, write: (text: string) => written.push(text) };
  return { stream: stream as unknown as WriteStream, written };
}

test('plain lines where there is no terminal', () => {
  const { stream, written } = streamOf({ isTTY: false });
  const { report, clear } = createProgress(stream, () => false);
  report('one');
  report('two');
  clear();
  expect(written.join('')).toBe('one\ntwo\n');
});

test('what a server says moves no cursor', () => {
  const { stream, written } = streamOf({ isTTY: false });
  createProgress(stream, () => false).report('answered \u001B[2J');
  expect(written).toEqual(['answered \uFFFD[2J\n']);
});

test('one changing line, no longer than the terminal is wide', () => {
  const { stream, written } = streamOf({ isTTY: true, columns: 6 });
  const { report, clear } = createProgress(stream, () => false);
  report('first line');
  report('two');
  clear();
  clear();
  expect(written).toEqual(['first', '\r\u001B[K', 'two', '\r\u001B[K']);
});

test('80 columns where the terminal does not know', () => {
  const { stream, written } = streamOf({ isTTY: true, columns: 0 });
  createProgress(stream, () => false).report('x'.repeat(100));
  expect(written).toEqual(['x'.repeat(79)]);
});

afterEach(() => {
  vi.useRealTimers();
});

test('of a counter one line in two seconds, the first, and the last', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const { stream, written } = streamOf({ isTTY: false });
  const { report, clear } = createProgress(stream, () => false);
  for (let done = 1; done <= 50; done += 1) {
    report(`linted ${done} of 50: chart-${done}`);
    vi.advanceTimersByTime(100);
  }
  report('publishing');
  report('tested 1');
  report('tested 2');
  clear();
  clear();
  expect(written.map((line) => line.trimEnd())).toEqual([
    ...[1, 21, 41, 50].map((done) => `linted ${done} of 50: chart-${done}`),
    'publishing',
    'tested 1',
    'tested 2',
  ]);
});

test('nothing while it is to be silent', () => {
  const { stream, written } = streamOf({ isTTY: false });
  createProgress(stream, () => true).report('one');
  expect(written).toEqual([]);
});
