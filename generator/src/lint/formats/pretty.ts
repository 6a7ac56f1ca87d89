import { formatExcerpt, plain, type Style } from '../../excerpt.ts';
import { printable } from '../../text.ts';
import type { Finding } from '../finding.ts';
import type { LintReport } from '../lint.ts';
import { describeCells } from './cells.ts';
import { foldFindings, type FoldedFinding } from './fold.ts';
import { summarise } from './summary.ts';

const COLOURS = { error: 'red', warning: 'yellow', info: 'blue' } as const;

/** What findings are shown with. */
interface Context {
  style: Style;
  /** In which renderings a finding is; undefined where that goes without saying. */
  describe: (finding: Finding) => string | undefined;
  /** Those said already. */
  hints: Set<string>;
}

/** The report for people: its findings and a closing count. */
export function formatPretty(report: LintReport, style: Style = plain): string {
  const describe = (finding: Finding) => describeCells(finding, report);
  return [...formatFindings(report.findings, { style, describe }), summarise(report)].join('\n\n');
}

/**
 * Findings for people, a text for each chart, those of several charts once. What to do is said once,
 * at the first finding that it helps with.
 */
export function formatFindings(
  findings: readonly Finding[],
  options: Omit<Context, 'hints'>,
): string[] {
  const { style } = options;
  const context = { ...options, hints: new Set<string>() };
  const byHeading = Map.groupBy(foldFindings(findings), headingOf);
  return [...byHeading].map(([heading, folded]) => {
    const texts = folded.map(({ finding }, index) =>
      formatFinding(finding, folded[index - 1]?.finding, context),
    );
    return [style('bold', printable(heading)), ...texts].join('\n\n');
  });
}

function headingOf({ charts }: FoldedFinding): string {
  return charts.join(', ');
}

function formatFinding(
  finding: Finding,
  previous: Finding | undefined,
  { style, describe, hints }: Context,
): string {
  const { rule, severity, message, hint } = finding;
  const head = [
    style(COLOURS[severity], severity),
    printable(placeOf(finding)),
    style('dim', rule),
  ];
  const lines = [
    head.filter((part) => part !== '').join('  '),
    ...printable(message)
      .split('\n')
      .map((text) => `  ${text}`),
  ];
  // Several findings of one line show it once.
  if (previous === undefined || placeOf(previous) !== placeOf(finding))
    lines.push(...formatLine(finding, style));
  const details = [finding.object, finding.path].filter(
    (part) => part !== undefined && !message.includes(part),
  );
  const told = [...details, describe(finding)].filter((part) => part !== undefined);
  if (told.length > 0) lines.push(`  ${style('dim', printable(told.join(' · ')))}`);
  if (hint !== undefined && !hints.has(hint)) lines.push(`  ${style('cyan', printable(hint))}`);
  hints.add(hint ?? '');
  return lines.map((text) => `  ${text}`).join('\n');
}

function placeOf({ file, line, column }: Finding): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}

function formatLine({ excerpt, line, column }: Finding, style: Style): string[] {
  if (excerpt === undefined || line === undefined) return [];
  const start = column ?? Math.max(excerpt.search(/\S/), 0) + 1;
  return formatExcerpt({ text: excerpt, line, column: start }, style);
}
