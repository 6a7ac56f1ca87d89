import type { LintMessage } from './engine.ts';

const SEVERITIES: Readonly<Record<string, LintMessage['severity']>> = {
  ERROR: 'error',
  WARNING: 'warning',
  INFO: 'info',
};

/**
 * Reads what `helm lint` says of one chart: lines `[LEVEL] <path>: <message>`, of which a message
 * may go on over further lines (pkg/chart/v2/lint/support/message.go of Helm).
 */
export function readLintOutput(output: string): LintMessage[] {
  return reportOf(output)
    .split(/^(?=\[(?:ERROR|WARNING|INFO)\] )/m)
    .flatMap((entry) => {
      const [, level = '', path = '', message = ''] = /^\[(\w+)\] (.*?): (.*)$/s.exec(entry) ?? [];
      const severity = SEVERITIES[level];
      return severity === undefined ? [] : [{ severity, path, message: message.trimEnd() }];
    });
}

/** Without the headline and the closing count. */
export function reportOf(output: string): string {
  return output
    .replace(/^==> Linting .*$/m, '')
    .replace(/^\d+ chart\(s\) linted, \d+ chart\(s\) failed$/m, '')
    .trim();
}
