import { styleText } from 'node:util';
import type { Cell, Finding, Severity } from './finding.ts';
import type { LintReport } from './lint.ts';
import { count, printable } from '../text.ts';

const COLOURS = { error: 'red', warning: 'yellow', info: 'dim' } as const;

/** A finding as it is shown, with all charts that have it. */
interface Shown {
  severity: Severity;
  text: string;
  charts: string[];
}

/** The report for people: findings by chart, those of several charts once, and a closing count. */
export function formatLintReport(report: LintReport): string {
  const shown = foldFindings(report);
  const headings = [...new Set(shown.map(headingOf))];
  const blocks = headings.map((heading) => {
    const findings = shown.filter((finding) => headingOf(finding) === heading);
    return [styleText('bold', heading), ...findings.map(({ text }) => text)].join('\n');
  });
  return [...blocks, summary(report, shown)].join('\n\n');
}

function headingOf({ charts }: Shown): string {
  return charts.join(', ');
}

function foldFindings({ charts, findings }: LintReport): Shown[] {
  const cells = new Map(charts.map((entry) => [entry.chart, entry.cells]));
  const shown = new Map<string, Shown>();
  for (const finding of findings) {
    const { chart, severity } = finding;
    const text = formatFinding(finding, cells.get(chart) ?? 0);
    const known = shown.get(text);
    if (known) known.charts.push(chart);
    else shown.set(text, { severity, text, charts: [chart] });
  }
  return [...shown.values()];
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

function summary({ charts }: LintReport, shown: readonly Shown[]): string {
  const renderings = charts.reduce((sum, { cells }) => sum + cells, 0);
  const found = (severity: Severity) => shown.filter((f) => f.severity === severity).length;
  const counts = [
    count(found('error'), 'error'),
    count(found('warning'), 'warning'),
    count(found('info'), 'note'),
  ];
  return `${count(charts.length, 'chart')}, ${count(renderings, 'rendering')}: ${counts.join(', ')}`;
}
