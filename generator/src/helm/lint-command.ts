import { isAbsolute, resolve } from 'node:path';
import type { LintMessage } from './engine.ts';
import { readErrorOutput } from './error-output.ts';
import { chartFlags, runHelm, type ChartOptions, type Helm } from './helm.ts';
import { readLintOutput, reportOf } from './lint-output.ts';
import type { RunOptions } from '../process.ts';

/** `helm lint --strict` of a chart's folder or archive. */
export async function lintByCommand(
  helm: Helm,
  chart: string,
  options: ChartOptions,
  run: Pick<RunOptions, 'signal'>,
): Promise<LintMessage[]> {
  const args = ['lint', '--strict', ...chartFlags(options), resolve(chart)];
  const { exitCode, stdout, stderr } = await runHelm(helm, args, run);
  const messages = readLintOutput(stdout);
  if (messages.length > 0 || exitCode === 0)
    // Only the chart's own folder is named by its path on this machine, an archive's as unpacked.
    return messages.map((message) =>
      isAbsolute(message.path) ? { ...message, path: chart } : message,
    );
  // Some failures have no message of their own (pkg/action/lint.go of Helm).
  const report = reportOf(stdout).replace(/^Error /, '');
  const message = report === '' ? readErrorOutput(stderr).message : report;
  return [{ severity: 'error', path: '', message }];
}
