import type { WriteStream } from 'node:tty';
import { expect, test } from 'vitest';
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

test('one changing line, no longer than the terminal is wide', () => {
  const { stream, written } = streamOf({ isTTY: true, columns: 6 });
  const { report, clear } = createProgress(stream, () => false);
  report('first line');
  report('two');
  clear();
  clear();
  expect(written).toEqual(['first', '\r\u001B[K', 'two', '\r\u001B[K']);
});

test('nothing while it is to be silent', () => {
  const { stream, written } = streamOf({ isTTY: false });
  createProgress(stream, () => true).report('one');
  expect(written).toEqual([]);
});
