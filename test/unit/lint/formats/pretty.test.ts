import { expect, test } from 'vitest';
import { formatPretty } from '../../../../generator/src/lint/formats/pretty.ts';
import { cellsOf, finding, reportOf } from './report.ts';

test('a finding looks like this', () => {
  const report = formatPretty(reportOf([finding({ cells: cellsOf('ha') })]));
  expect(report).toBe(`charts/a

  warning  templates/pod.yaml:4:5  image-tag
    nginx has no tag
    4 │     image: nginx
      │     ^^^^^
    Pod/demo · spec.image · in case ha
    Name a version.

1 chart, 2 cases on 2 Kubernetes versions: 0 errors, 1 warning, 0 notes`);
});

test('what is not known is left out, and what the message says already', () => {
  const bare = { rule: 'helm-lint', severity: 'info' as const, chart: 'charts/a', cells: [] };
  const message = 'Pod/demo: spec.image is empty';
  const report = formatPretty(
    reportOf([
      { ...bare, message: 'icon is recommended' },
      { ...bare, message, object: 'Pod/demo', path: 'spec.image' },
    ]),
  );
  expect(report).toBe(`charts/a

  info  helm-lint
    icon is recommended

  info  helm-lint
    Pod/demo: spec.image is empty

1 chart, 2 cases on 2 Kubernetes versions: 0 errors, 0 warnings, 2 notes`);
});

test('control characters cannot paint over the report', () => {
  const report = formatPretty(
    reportOf([
      finding({
        message: 'first\nsecond \u001B[2J',
        excerpt: 'a: \u001B[2J',
        file: 'a\u0007.yaml',
      }),
    ]),
  );
  expect(report).toContain('    first\n    second \uFFFD[2J\n');
  expect(report).not.toContain('\u001B');
  expect(report).not.toContain('\u0007');
});

test('a line and what to do are shown once', () => {
  const second = finding({ message: 'nginx is not pinned' });
  const third = finding({ line: 9, excerpt: '    image: other', message: 'other has no tag' });
  const report = formatPretty(reportOf([finding(), second, third]));
  expect(report.match(/│ {5}image: nginx/g)).toHaveLength(1);
  expect(report.match(/│ {5}image: other/g)).toHaveLength(1);
  expect(report.match(/Name a version/g)).toHaveLength(1);
});

test('without a column the first word is marked', () => {
  const { column, ...rest } = finding();
  expect(column).toBe(5);
  expect(formatPretty(reportOf([rest]))).toContain('\n      │     ^^^^^\n');
});

test('a finding of several charts is told once, with the charts', () => {
  const charts = ['charts/a', 'charts/b', 'charts/c'];
  const findings = charts.map((chart) => finding({ chart }));
  const own = finding({ chart: 'charts/b', message: 'also wrong' });
  const report = formatPretty(reportOf([...findings, own], [], charts));
  expect(report.match(/^charts.*/gm)).toEqual(['charts/a, charts/b, charts/c', 'charts/b']);
  expect(report.match(/nginx has no tag/g)).toHaveLength(1);
  expect(report).toContain(
    '3 charts, 6 cases on 2 Kubernetes versions: 0 errors, 2 warnings, 0 notes',
  );
});

test('a clean report is its count, with what is passed over', () => {
  expect(formatPretty(reportOf([]))).toBe(
    '1 chart, 2 cases on 2 Kubernetes versions: 0 errors, 0 warnings, 0 notes',
  );
  expect(
    formatPretty(reportOf([], [{ ...finding(), reason: 'a test', ignoredIn: 'values.yaml' }])),
  ).toBe('1 chart, 2 cases on 2 Kubernetes versions: 0 errors, 0 warnings, 0 notes, 1 suppressed');
});

test('colours are those of the style', () => {
  const report = formatPretty(
    reportOf([finding()]),
    (format, text) => `<${String(format)}>${text}`,
  );
  expect(report).toContain('<bold>charts/a');
  expect(report).toContain('<yellow>warning  templates/pod.yaml:4:5  <dim>image-tag');
  expect(report).toContain('<red>^^^^^');
  expect(report).toContain('<cyan>Name a version.');
});
