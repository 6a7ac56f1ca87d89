import type { FileSet } from '../fileset/fileset.ts';
import type { Json } from '../model/types.ts';
import { withChartCopy } from './chart-copy.ts';
import type { RenderOptions } from './engine.ts';
import { readErrorOutput } from './error-output.ts';
import { chartFlags, runHelm, type Helm } from './helm.ts';
import type { RunOptions } from '../process.ts';

const TEMPLATE = 'templates/answer-to-spark-charts.yaml';

/** What an expression is within a chart, or what Helm says in refusing the chart or the values. */
export type Evaluation = { ok: true; value: Json } | { ok: false; message: string };

/**
 * Has Helm evaluate a pipeline of Go templates in a copy of a chart with one more template.
 * @param flags for `helm template`.
 * @throws UserError `TOOL_FAILED`, `FILE_SYSTEM`; an `AbortError`.
 */
export function evaluateInChart(
  helm: Helm,
  files: FileSet,
  pipeline: string,
  options: RenderOptions,
  run: Pick<RunOptions, 'signal'>,
  flags: readonly string[] = [],
): Promise<Evaluation> {
  // As text within JSON, which Helm takes for a manifest and leaves as it is.
  const template = `{{ dict "answer" (toJson (${pipeline})) | toJson }}\n`;
  const withAnswer = new Map([...files, [TEMPLATE, Buffer.from(template)]]);
  return withChartCopy(withAnswer, async (directory) => {
    const release = options.releaseName ?? 'release';
    const args = ['template', release, directory, '--show-only', TEMPLATE, ...flags];
    const result = await runHelm(helm, [...args, ...chartFlags(options)], run);
    if (result.exitCode !== 0)
      return { ok: false, message: readErrorOutput(result.stderr).message };
    const [json = ''] = /^\{.*\}$/m.exec(result.stdout) ?? [];
    const { answer } = JSON.parse(json) as { answer: string };
    return { ok: true, value: JSON.parse(answer) as Json };
  });
}
