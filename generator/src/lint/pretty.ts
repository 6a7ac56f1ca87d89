import { styleText } from 'node:util';
import type { Cell, Finding, Severity } from './finding.ts';
import type { LintReport } from './lint.ts';
import { count, printable } from '../text.ts';

const COLOURS = { error: 'red', warning: 'yellow', info: 'dim' } as const;

/** The report for people: findings by chart, and a closing count. */
export function formatLintReport(report: LintReport): string {
  const blocks = report.charts.flatMap(({ chart, cells }) => {
    const findings = report.findings.filter((finding) => finding.chart === chart);
    if (findings.length === 0) return [];
    return [[styleText('bold', chart), ...findings.map((f) => formatFinding(f, cells))].join('\n')];
  });
  return [...blocks, summary(report)].join('\n\n');
}

function formatFinding(finding: Finding, cells: number): string {
  const { rule, severity, file, line, message } = finding;
  const place = [file, line].filter((part) => part !== undefined).join(':');
  const text = printable(message).replaceAll('\n', '\n    ');
  const head = [styleText(COLOURS[severity], severity), place, styleText('dim', rule)];
  const lines = [`  ${head.filter((part) => part !== '').join('  ')}`, `    ${text}`];
  if (finding.cells.length < cells) lines.push(`    in ${formatCells(finding.cells)}`);
  return lines.join('\n');
}

/** `case ha on Kubernetes 1.31 and 1.36, …` */
function formatCells(cells: readonly Cell[]): string {
  const versions = new Map<string, string[]>();
  for (const { case: name, kubeVersion } of cells)
    versions.set(name, [...(versions.get(name) ?? []), kubeVersion]);
  return [...versions]
    .map(([name, list]) => `case ${name} on Kubernetes ${list.join(' and ')}`)
    .join(', ');
}

function summary({ charts, findings }: LintReport): string {
  const renderings = charts.reduce((sum, { cells }) => sum + cells, 0);
  const found = (severity: Severity) => findings.filter((f) => f.severity === severity).length;
  const counts = [
    count(found('error'), 'error'),
    count(found('warning'), 'warning'),
    count(found('info'), 'note'),
  ];
  return `${count(charts.length, 'chart')}, ${count(renderings, 'rendering')}: ${counts.join(', ')}`;
}
