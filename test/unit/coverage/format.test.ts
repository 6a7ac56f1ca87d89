import { expect, test } from 'vitest';
import type { UncoveredValue } from '../../../generator/src/coverage/coverage.ts';
import { formatCoverage } from '../../../generator/src/coverage/format.ts';

function format(...uncovered: UncoveredValue[]): string {
  const values = uncovered.length + 1;
  return formatCoverage({ chart: 'dist/demo', values, covered: 1, uncovered });
}

test('a line for the chart, and one for each gap with its place', () => {
  const file = 'values.yaml';
  const trials = ['ci/a-values.yaml'];
  const text = format(
    { path: 'a.b', file, line: 7, reason: 'unset', trials: [] },
    { path: 'c', file, line: 9, reason: 'no-effect', trials },
    { path: 'd', file: 'values.schema.json', reason: 'refused', trials },
  );
  expect(text).toBe(`dist/demo: 1 of 4 values covered
  dist/demo/values.yaml:7  a.b  no case and no test sets it to anything but its default
  dist/demo/values.yaml:9  c  changes nothing that is rendered; it is set in ci/a-values.yaml
  dist/demo/values.schema.json  d  the chart refuses to render where it is set: ci/a-values.yaml`);
});

test('few of many trials are named, and nothing reaches the terminal', () => {
  const trials = ['one', 'two', 'three\u001B[31m', 'four', 'five'];
  const text = format({ path: 'a', file: 'values.yaml', line: 1, reason: 'no-effect', trials });
  expect(text).toContain('it is set in one, two, three\uFFFD[31m and 2 more');
});
