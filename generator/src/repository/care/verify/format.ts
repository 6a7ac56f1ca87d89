import type { Style } from '../../../excerpt.ts';
import type { Finding, Severity } from '../../../lint/finding.ts';
import { formatFindings } from '../../../lint/formats/pretty.ts';
import { count } from '../../../text.ts';
import type { VerifyFinding } from './finding.ts';
import type { VerifyReport } from './verify.ts';

/** The report for people, as lint has it: findings by chart and version, and a closing count. */
export function formatVerifyReport(report: VerifyReport, style: Style): string {
  const findings = report.findings.map((finding) => asLintFinding(finding, report.repository));
  const texts = formatFindings(findings, { style, describe: () => undefined });
  return [...texts, summarise(report)].join('\n\n');
}

function asLintFinding({ version, ...finding }: VerifyFinding, repository: string): Finding {
  const chart = [finding.chart ?? repository, version].filter((part) => part !== undefined);
  return { ...finding, chart: chart.join(' '), cells: [] };
}

/** `40 of 1200 versions checked (3%), 12 with provenance: 1 error, …` */
function summarise({ listed, checked, signed, findings }: VerifyReport): string {
  const share = checked === listed ? '' : ` (${Math.floor((100 * checked) / listed)}%)`;
  const found = (severity: Severity) =>
    findings.filter((finding) => finding.severity === severity).length;
  const counts = [
    count(found('error'), 'error'),
    count(found('warning'), 'warning'),
    count(found('info'), 'note'),
  ];
  return `${checked} of ${count(listed, 'version')} checked${share}, ${signed} with provenance: ${counts.join(', ')}`;
}
