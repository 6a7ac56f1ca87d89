import { count } from '../../text.ts';
import type { Cell, Finding, SuppressedFinding } from '../finding.ts';
import type { LintedChartSummary, LintReport } from '../lint.ts';
import { placeOf } from './place.ts';
import { element, escapeText } from './xml.ts';

interface Counts {
  tests: number;
  failures: number;
  errors: 0;
}

/**
 * The report in the XML of JUnit, as Jenkins and GitLab read it
 * (https://docs.gitlab.com/ci/testing/unit_test_reports): a suite for each chart, in it a test for
 * the chart itself and one for each rendering. Errors and warnings fail a test, notes are its
 * output.
 * @param directory the working folder, from which files are named.
 */
export function formatJunit(report: LintReport, directory: string): string {
  const suites = report.charts.map((chart) => testSuite(chart, report, directory));
  const total: Counts = {
    tests: suites.reduce((sum, { counts }) => sum + counts.tests, 0),
    failures: suites.reduce((sum, { counts }) => sum + counts.failures, 0),
    errors: 0,
  };
  const root = element(
    'testsuites',
    { name: 'spark-charts lint', ...total },
    suites.map(({ text }) => text),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
}

function testSuite(
  { chart, cases }: LintedChartSummary,
  { kubeVersions, findings, suppressed }: LintReport,
  directory: string,
): { counts: Counts; text: string } {
  const ofChart = [...findings, ...suppressed].filter((finding) => finding.chart === chart);
  const cells = cases.flatMap((name) =>
    kubeVersions.map((kubeVersion): Cell => ({ case: name, kubeVersion })),
  );
  const tests = [
    { name: 'chart', found: ofChart.filter((finding) => finding.cells.length === 0) },
    ...cells.map((cell) => ({
      name: `case ${cell.case} on Kubernetes ${cell.kubeVersion}`,
      found: ofChart.filter((finding) => isOf(finding, cell)),
    })),
  ];
  const counts: Counts = {
    tests: tests.length,
    failures: tests.filter(({ found }) => found.some(isFailure)).length,
    errors: 0,
  };
  const text = element(
    'testsuite',
    { name: chart, ...counts },
    tests.map(({ name, found }) => testCase(chart, name, found, directory)),
  );
  return { counts, text };
}

function isOf({ cells }: Finding, cell: Cell): boolean {
  return cells.some((other) => other.case === cell.case && other.kubeVersion === cell.kubeVersion);
}

function isFailure(finding: Finding): boolean {
  return finding.severity !== 'info' && !('reason' in finding);
}

function testCase(
  chart: string,
  name: string,
  found: readonly Finding[],
  directory: string,
): string {
  const failures = found.filter(isFailure);
  const notes = found.filter((finding) => !isFailure(finding));
  const describeAll = (findings: readonly Finding[]) =>
    escapeText(findings.map((finding) => describe(finding, directory)).join('\n\n'));
  const rules = [...new Set(failures.map(({ rule }) => rule))];
  // Jenkins and GitLab show one failure of a test.
  const message = `${count(failures.length, 'finding')}: ${rules.join(', ')}`;
  return element('testcase', { classname: chart, name }, [
    ...(failures.length === 0
      ? []
      : [element('failure', { message, type: 'lint' }, [describeAll(failures)])]),
    ...(notes.length === 0 ? [] : [element('system-out', {}, [describeAll(notes)])]),
  ]);
}

function describe(finding: Finding | SuppressedFinding, directory: string): string {
  const { chart, severity, rule, message, hint, object, path } = finding;
  const { file = chart, line, column, within } = placeOf(finding, directory);
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  const subject = [within, object, path].filter((part) => part !== undefined).join(' · ');
  return [
    `${severity}: ${place}: ${rule}: ${message}`,
    ...(subject === '' ? [] : [subject]),
    ...(hint === undefined ? [] : [hint]),
    ...('reason' in finding ? [`suppressed: ${finding.reason}`] : []),
  ].join('\n');
}
