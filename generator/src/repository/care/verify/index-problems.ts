import type { VerifiedIndex } from './claim.ts';
import type { VerifyFinding } from './finding.ts';

/** What the strict check of an index found; what makes Helm refuse the whole file is an error. */
export function findIndexProblems({ document, problems }: VerifiedIndex): VerifyFinding[] {
  return problems.map(({ message, line, path, hint, chart, position = 0, isFatal = false }) => {
    const version =
      chart === undefined ? undefined : document.charts.get(chart)?.[position]?.version;
    return {
      rule: 'index',
      severity: isFatal ? 'error' : 'warning',
      ...(chart !== undefined && { chart }),
      ...(version !== undefined && { version }),
      file: document.file,
      ...(line !== undefined && { line }),
      message: path === undefined ? message : `${path}: ${message}`,
      ...(hint !== undefined && { hint }),
    };
  });
}
