import { count } from '../../text.ts';
import type { Severity } from '../finding.ts';
import type { LintReport } from '../lint.ts';
import { foldFindings } from './fold.ts';

/** `5 charts, 180 renderings: 1 error, 0 warnings, 3 notes`; what several charts have counts once. */
export function summarise({ charts, findings, suppressed }: LintReport): string {
  const folded = foldFindings(findings);
  const renderings = charts.reduce((sum, { cells }) => sum + cells, 0);
  const found = (severity: Severity) =>
    folded.filter(({ finding }) => finding.severity === severity).length;
  const counts = [
    count(found('error'), 'error'),
    count(found('warning'), 'warning'),
    count(found('info'), 'note'),
    ...(suppressed.length === 0 ? [] : [`${foldFindings(suppressed).length} suppressed`]),
  ];
  return `${count(charts.length, 'chart')}, ${count(renderings, 'rendering')}: ${counts.join(', ')}`;
}
