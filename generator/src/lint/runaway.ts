import { UserError } from '../errors.ts';
import type { Rendering } from '../helm/helm.ts';
import type { LintedChart } from './chart.ts';
import type { Finding } from './finding.ts';

const HEADLINE = 'Helm breaks down over this chart: ';

/**
 * Waits for what Helm makes of a chart; where it breaks down over the chart, `fallback` is given
 * the error's text.
 * @throws what is no fault of the chart.
 */
export async function orRunaway<T, F>(
  answer: Promise<T>,
  fallback: (message: string) => F,
): Promise<T | F> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'CHART_RUNAWAY') throw error;
    const reason = error.cause instanceof Error ? error.cause.message : error.message;
    const next = 'look for a template that never ends or grows without bound';
    return fallback(`${HEADLINE}${reason}; ${next}`);
  }
}

/** As if Helm itself had refused to render. */
export function runawayRendering(message: string): Rendering {
  return { ok: false, warnings: [], message };
}

/** A chart that no cell can be blamed for. */
export function runawayFinding({ path }: LintedChart, message: string): Finding {
  return { rule: 'helm-template', severity: 'error', chart: path, cells: [], message };
}

/** With more time and memory the same chart may get to its end. */
export function isRunaway({ message }: Pick<Finding, 'message'>): boolean {
  return message.startsWith(HEADLINE);
}
