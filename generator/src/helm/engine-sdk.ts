import { isAbsolute, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { Json } from '../model/types.ts';
import type { EnginePool } from './engine-pool.ts';
import type { EngineRequest } from './engine-worker.ts';
import type { ChartReference, HelmEngine, LintMessage, LoadedChart } from './engine.ts';
import { readErrorOutput } from './error-output.ts';
import type { ChartOptions, Rendering } from './helm.ts';
import { allSchemaErrors } from './schema-errors.ts';

/** What generator/helm-engine/render.go answers. */
interface RenderAnswer {
  manifests: string;
  notes: string;
  log: string;
  refusal?: string;
}

/** What generator/helm-engine/values.go answers. */
interface ValidateAnswer {
  chart: string;
  message: string;
}

/** An engine by Helm's SDK, in the processes of a pool. */
export function sdkEngine(pool: EnginePool): HelmEngine {
  const ask = <T>(
    method: EngineRequest['method'],
    chart: ChartReference,
    options: ChartOptions,
    signal: AbortSignal | undefined,
  ) => askPool(pool, method, chart, options, signal) as Promise<T>;
  return {
    processes: pool.processes,
    isPinned: true,
    load: (chart, signal) => ask<LoadedChart>('load', chart, {}, signal),
    async render(chart, options, signal) {
      return readRendering(await ask<RenderAnswer>('render', chart, options, signal));
    },
    async lint(chart, options, signal) {
      const messages = await ask<LintMessage[]>('lint', chart, options, signal);
      // Only the chart's own folder is named by its path on this machine, an archive's as unpacked.
      return messages.map(({ severity, path, message }) => ({
        severity,
        path: isAbsolute(path) ? chart.path : path,
        message: message.trimEnd(),
      }));
    },
    values: (chart, options, signal) => ask<Record<string, Json>>('values', chart, options, signal),
    async validate(chart, options, signal) {
      const answer = await ask<ValidateAnswer>('validate', chart, options, signal);
      return allSchemaErrors(answer.message, answer.chart);
    },
  };
}

async function askPool(
  pool: EnginePool,
  method: EngineRequest['method'],
  chart: ChartReference,
  options: ChartOptions,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const absolute = { path: resolve(chart.path), digest: chart.digest };
  const valuesFiles = (options.valuesFiles ?? []).map((file) => resolve(file));
  const params = { namespace: 'default', releaseName: 'release', ...options, valuesFiles };
  const { error, result } = await pool.ask({ method, chart: absolute, params }, signal);
  if (error === undefined) return result;
  const message = `${chart.path}: ${error.message}`;
  if (error.code === 'chart') throw new UserError('CHART_INVALID', message);
  if (error.code === 'internal')
    throw new UserError('CHART_RUNAWAY', `Helm broke down at ${message}`, {
      cause: new Error(error.message),
    });
  throw new Error(error.message);
}

function readRendering({ refusal, log, manifests, notes }: RenderAnswer): Rendering {
  if (refusal === undefined)
    return { ok: true, warnings: readErrorOutput(log).warnings, manifests, notes };
  // As the command prints it.
  return { ok: false, ...readErrorOutput(`${log}Error: ${refusal}\n`) };
}
