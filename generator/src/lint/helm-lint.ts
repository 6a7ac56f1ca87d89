import { readErrorOutput } from '../helm/error-output.ts';
import { chartFlags, runHelm, type ChartOptions, type Helm } from '../helm/helm.ts';
import type { Observation, Severity } from './finding.ts';
import { readHelmMessage } from './helm-message.ts';

const SEVERITIES: Readonly<Record<string, Severity>> = {
  ERROR: 'error',
  WARNING: 'warning',
  INFO: 'info',
};

/** Helm's own `lint --strict` of a chart's folder. */
export async function helmLint(
  helm: Helm,
  chart: string,
  options: ChartOptions,
  signal: AbortSignal,
): Promise<Observation[]> {
  const args = ['lint', '--strict', ...chartFlags(options), chart];
  const result = await runHelm(helm, args, { signal });
  const observations = parseHelmLint(result.stdout);
  const failed = observations.some(({ severity }) => severity !== 'info');
  if (result.exitCode !== 0 && !failed) {
    // Some failures have no message of their own (pkg/action/lint.go of Helm).
    const message = reportOf(result.stdout) || readErrorOutput(result.stderr).message;
    observations.push({ rule: 'helm-lint', severity: 'error', ...readHelmMessage(message) });
  }
  return observations;
}

/**
 * Reads the report on one chart: lines `[LEVEL] <path>: <message>`, of which a message may go on
 * over further lines (pkg/chart/v2/lint/support/message.go of Helm).
 */
export function parseHelmLint(report: string): Observation[] {
  return reportOf(report)
    .split(/^(?=\[(?:ERROR|WARNING|INFO)\] )/m)
    .flatMap((entry) => {
      const [, level = '', file = '', text = ''] = /^\[(\w+)\] (.*?): (.*)$/s.exec(entry) ?? [];
      const severity = SEVERITIES[level];
      return severity === undefined
        ? []
        : [{ rule: 'helm-lint', severity, ...readHelmMessage(text, file) }];
    });
}

/** Without the headline and the closing count. */
function reportOf(output: string): string {
  return output
    .replace(/^==> Linting .*$/m, '')
    .replace(/^\d+ chart\(s\) linted, \d+ chart\(s\) failed$/m, '')
    .trim();
}
