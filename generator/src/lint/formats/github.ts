import { count, printable } from '../../text.ts';
import type { LintReport } from '../lint.ts';
import { describeCells } from './cells.ts';
import { foldFindings, type FoldedFinding } from './fold.ts';
import { placeOf } from './place.ts';
import { summarise } from './summary.ts';

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const;
/** What GitHub shows of each kind of annotation a step; the others stay in the log. */
const SHOWN = 10;

/**
 * The report as workflow commands of GitHub Actions, which become annotations of the files:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands.
 * @param directory the root of the repository, from which files are named.
 */
export function formatGithub(report: LintReport, directory: string): string {
  const folded = foldFindings(report.findings);
  const hidden = Object.keys(COMMANDS)
    .map((severity) => folded.filter(({ finding }) => finding.severity === severity).length)
    .reduce((sum, found) => sum + Math.max(found - SHOWN, 0), 0);
  const note = `GitHub shows ${SHOWN} errors, warnings and notices of a step each; ${count(hidden, 'further finding')} can be read in this log only`;
  return [
    ...folded.map((entry) => command(entry, report, directory)),
    summarise(report),
    ...(hidden > 0 ? [note] : []),
  ].join('\n');
}

function command(
  { finding, charts: [, ...others] }: FoldedFinding,
  report: LintReport,
  directory: string,
): string {
  const { chart, severity, rule, message, hint } = finding;
  const { file, line, column, within } = placeOf(finding, directory);
  const source = [
    ...(file === undefined ? [chart] : []),
    ...(within === undefined ? [] : [within]),
  ];
  const text = [
    [...source, message].join(': '),
    describeCells(finding, report),
    others.length === 0 ? undefined : `also in ${others.join(', ')}`,
    hint,
  ].filter((part) => part !== undefined);
  const properties = { file, line, col: column, title: rule };
  const listed = Object.entries(properties).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`],
  );
  return `::${COMMANDS[severity]} ${listed.join(',')}::${escapeData(text.join('\n'))}`;
}

function escapeData(text: string): string {
  return printable(text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'));
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
