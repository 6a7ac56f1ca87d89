import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compareFindings,
  mergeFindings,
  type Finding,
} from '../../../generator/src/lint/finding.ts';

const finding: fc.Arbitrary<Finding> = fc.record(
  {
    rule: fc.constantFrom('a', 'b'),
    severity: fc.constantFrom('error', 'warning', 'info'),
    chart: fc.constantFrom('x', 'y'),
    cells: fc.array(fc.record({ case: fc.string(), kubeVersion: fc.string() }), { minLength: 1 }),
    file: fc.constantFrom('f', 'g'),
    line: fc.integer({ min: 1, max: 3 }),
    message: fc.constantFrom('m', 'n'),
  },
  { requiredKeys: ['rule', 'severity', 'chart', 'cells', 'message'] },
);

const identity = (one: Finding) => JSON.stringify(Object.entries({ ...one, cells: [] }).sort());
const cellsOf = (findings: Finding[]) =>
  findings.flatMap((one) => one.cells.map((cell) => identity(one) + JSON.stringify(cell))).sort();

test('merging keeps every cell of every finding, and makes each finding one', () => {
  fc.assert(
    fc.property(fc.array(finding), (findings) => {
      const before = structuredClone(findings);
      const merged = mergeFindings(findings);
      expect(cellsOf(merged)).toEqual(cellsOf(findings));
      expect(new Set(merged.map(identity)).size).toBe(merged.length);
      expect(mergeFindings(merged)).toEqual(merged);
      expect(findings).toEqual(before);
    }),
  );
});

test('the order does not depend on the order in which they were found', () => {
  const merged = fc.array(finding).map(mergeFindings);
  fc.assert(
    fc.property(
      merged.chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
      ),
      ([list, shuffled]) => {
        expect(shuffled.toSorted(compareFindings)).toEqual(list.toSorted(compareFindings));
      },
    ),
  );
});

test('by chart, then the worst first', () => {
  const make = (chart: string, severity: Finding['severity']): Finding => ({
    rule: 'r',
    severity,
    chart,
    cells: [],
    message: 'm',
  });
  const list = [make('b', 'error'), make('a', 'info'), make('a', 'error'), make('a', 'warning')];
  expect(list.sort(compareFindings).map((f) => f.chart + f.severity)).toEqual([
    'aerror',
    'awarning',
    'ainfo',
    'berror',
  ]);
});
