import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatJunit } from '../../../../generator/src/lint/formats/junit.ts';
import { element, escapeText } from '../../../../generator/src/lint/formats/xml.ts';
import { cellsOf, finding, reportOf } from './report.ts';

test('a suite a chart, a test for the chart and one for each rendering', () => {
  const report = reportOf([
    finding({ cells: cellsOf('ha') }),
    finding({ rule: 'helm-lint', severity: 'info', cells: cellsOf('tls').slice(0, 1) }),
    finding({ rule: 'unused-value', severity: 'error', cells: [], message: 'a < b' }),
  ]);
  const described = `templates/pod.yaml:4:5: image-tag: nginx has no tag
Pod/demo · spec.image
Name a version.`;
  expect(formatJunit(report, '/project')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="spark-charts lint" tests="5" failures="3" errors="0">
<testsuite name="charts/a" tests="5" failures="3" errors="0">
<testcase classname="charts/a" name="chart">
<failure message="1 finding: unused-value" type="lint">
error: charts/a/templates/pod.yaml:4:5: unused-value: a &lt; b
Pod/demo · spec.image
Name a version.
</failure>
</testcase>
<testcase classname="charts/a" name="case ha on Kubernetes 1.35">
<failure message="1 finding: image-tag" type="lint">
warning: charts/a/${described}
</failure>
</testcase>
<testcase classname="charts/a" name="case ha on Kubernetes 1.36">
<failure message="1 finding: image-tag" type="lint">
warning: charts/a/${described}
</failure>
</testcase>
<testcase classname="charts/a" name="case tls on Kubernetes 1.35">
<system-out>
info: charts/a/${described.replace('image-tag', 'helm-lint')}
</system-out>
</testcase>
<testcase classname="charts/a" name="case tls on Kubernetes 1.36"/>
</testsuite>
</testsuites>`);
});

test('what is passed over fails nothing and is told with its reason', () => {
  const text = formatJunit(
    reportOf([], [{ ...finding(), reason: 'a test', ignoredIn: 'values.yaml' }]),
    '/project',
  );
  expect(text).toContain('tests="5" failures="0"');
  expect(text.match(/suppressed: a test/g)).toHaveLength(4);
});

test('several findings of a test are one failure, as readers show one', () => {
  const report = reportOf([finding(), finding({ message: 'other' }), finding({ rule: 'probe' })]);
  const [, test] = formatJunit(report, '/project').split('</testcase>');
  expect(test?.match(/<failure/g)).toHaveLength(1);
  expect(test).toContain('message="3 findings: image-tag, probe"');
});

test('charts that are alike stay suites of their own', () => {
  const charts = ['charts/a', 'charts/b'];
  const text = formatJunit(
    reportOf(
      charts.map((chart) => finding({ chart })),
      [],
      charts,
    ),
    '/project',
  );
  expect(text).toContain('tests="10" failures="8"');
  expect(text.match(/<testsuite name="charts\/[ab]" tests="5" failures="4"/g)).toHaveLength(2);
});

test('a finding of one chart is not told of another', () => {
  const text = formatJunit(reportOf([finding()], [], ['charts/a', 'charts/b']), '/project');
  expect(text).toContain('<testsuite name="charts/b" tests="5" failures="0"');
});

/** Halves of surrogate pairs and control characters too. */
const CODE_UNIT = fc.oneof(fc.nat(0xff), fc.nat(0xffff)).map((code) => String.fromCharCode(code));

test('any text can be read back, without what XML cannot hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: CODE_UNIT }), (text) => {
      const kept = text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');
      const [, attribute] = /^<e a="([^"<>\n\r\t]*)"\/>$/.exec(element('e', { a: text })) ?? [];
      expect(unescape(attribute ?? 'no attribute')).toBe(kept);
      expect(escapeText(text)).not.toMatch(/[<>\r]/);
      expect(unescape(escapeText(text))).toBe(kept);
    }),
  );
});

test('an ampersand that stands for itself is escaped', () => {
  expect(escapeText('&lt;')).toBe('&amp;lt;');
});

/** As an XML reader does. */
function unescape(text: string): string {
  const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&' };
  return text.replaceAll(/&(?:#(\d+)|(\w+));/g, (_, code?: string, name?: string) =>
    code === undefined ? (entities[name ?? ''] ?? '?') : String.fromCodePoint(Number(code)),
  );
}
