import { count } from '../../text.ts';
import type { Severity } from '../finding.ts';
import type { LintReport } from '../lint.ts';
import { foldFindings } from './fold.ts';

/** `5 charts, 25 cases on 7 Kubernetes versions: 1 error, …`; what several charts have counts once. */
export function summarise(report: LintReport): string {
  const { findings, suppressed } = report;
  const folded = foldFindings(findings);
  const found = (severity: Severity) =>
    folded.filter(({ finding }) => finding.severity === severity).length;
  const counts = [
    count(found('error'), 'error'),
    count(found('warning'), 'warning'),
    count(found('info'), 'note'),
    ...(suppressed.length === 0 ? [] : [`${foldFindings(suppressed).length} suppressed`]),
  ];
  return `${count(report.charts.length, 'chart')}, ${describeMatrix(report)}: ${counts.join(', ')}`;
}

/** `25 cases on 7 Kubernetes versions` */
export function describeMatrix({ charts, kubeVersions }: LintReport): string {
  const cases = charts.reduce((sum, chart) => sum + chart.cases.length, 0);
  return `${count(cases, 'case')} on ${count(kubeVersions.length, 'Kubernetes version')}`;
}
