import { expect, test } from 'vitest';
import { formatLintReport } from '../../../generator/src/lint/pretty.ts';

test('findings by chart, with their cells where they are not in all of them', () => {
  const report = formatLintReport({
    charts: [
      { chart: 'a', cells: 4 },
      { chart: 'b', cells: 1 },
    ],
    findings: [
      {
        rule: 'go-format-text',
        severity: 'error',
        chart: 'a',
        cells: [
          { case: 'ha', kubeVersion: '1.31' },
          { case: 'ha', kubeVersion: '1.36' },
          { case: 'tls', kubeVersion: '1.36' },
        ],
        file: 'templates/x.yaml',
        line: 3,
        message: 'first\nsecond \u001b[2J',
      },
      {
        rule: 'helm-lint',
        severity: 'info',
        chart: 'b',
        cells: [{ case: 'default', kubeVersion: '1.31' }],
        message: 'icon is recommended',
      },
    ],
  });
  expect(report).toBe(`a
  error  templates/x.yaml:3  go-format-text
    first
    second \uFFFD[2J
    in case ha on Kubernetes 1.31 and 1.36, case tls on Kubernetes 1.36

b
  info  helm-lint
    icon is recommended

2 charts, 5 renderings: 1 error, 0 warnings, 1 note`);
});

test('a clean report is its count', () => {
  expect(formatLintReport({ charts: [{ chart: 'a', cells: 2 }], findings: [] })).toBe(
    '1 chart, 2 renderings: 0 errors, 0 warnings, 0 notes',
  );
});

test('a finding of several charts is told once, with the charts', () => {
  const finding = {
    rule: 'helm-lint',
    severity: 'error' as const,
    cells: [{ case: 'default', kubeVersion: '1.31' }],
    message: 'wrong',
  };
  const findings = ['a', 'b', 'c'].map((chart) => ({ ...finding, chart }));
  const report = formatLintReport({
    charts: ['a', 'b', 'c'].map((chart) => ({ chart, cells: 1 })),
    findings: [...findings, { ...finding, chart: 'b', message: 'also wrong' }],
  });
  expect(report).toBe(`a, b, c
  error  helm-lint
    wrong

b
  error  helm-lint
    also wrong

3 charts, 3 renderings: 2 errors, 0 warnings, 0 notes`);
});
