import { relative } from 'node:path';
import type { HelmEngine } from '../helm/engine.ts';
import { mapPool } from '../map-pool.ts';
import type { LintedChart } from '../lint/chart.ts';
import { omit } from '../model/json.ts';
import { countOverrides, overridesOf, type Values } from './overrides.ts';
import type { Trial } from './suites.ts';

/** A trial whose values are told as what they change of the chart's defaults. */
export interface ChangedTrial extends Trial {
  options: Trial['options'] & { values: Values };
}

/**
 * All in which a chart is tried with other values than its defaults: its values cases and the
 * tests of its suites, those with the fewest changes first.
 * @throws UserError `CHART_INVALID` for values that cannot be read.
 */
export async function changedTrials(
  engine: HelmEngine,
  chart: LintedChart,
  tests: readonly Trial[],
  kubeVersion: string,
): Promise<ChangedTrial[]> {
  const defaults = await engine.values(chart, {});
  const trials = [...casesOf(chart), ...tests];
  const changed = await mapPool(trials, engine.processes, async (trial, signal) => {
    const values = overridesOf(defaults, await engine.values(chart, trial.options, signal));
    return { ...trial, options: { kubeVersion, ...omit(trial.options, 'valuesFiles'), values } };
  });
  return changed
    .filter(({ options }) => countOverrides(options.values) > 0)
    .toSorted((a, b) => countOverrides(a.options.values) - countOverrides(b.options.values));
}

function casesOf({ path, cases }: LintedChart): Trial[] {
  return cases.map(({ name, valuesFiles }) => ({
    name: valuesFiles.map((file) => relative(path, file)).join(', ') || name,
    options: { valuesFiles },
    expectsRefusal: false,
  }));
}
