import { valueInMaps, resetOverride } from './overrides.ts';
import type { Renderer } from './renderer.ts';
import type { ChangedTrial } from './trials.ts';

/** Why nothing shows that a value works. */
export interface Gap {
  /**
   * `unset`: it has its default wherever the chart is tried. `no-effect`: what is rendered is the
   * same with its default. `refused`: it is set only where the chart refuses to render, though no
   * test asks for that.
   */
  reason: 'unset' | 'no-effect' | 'refused';
  /** The names of the trials that set it. */
  trials: string[];
}

/**
 * Looks for a trial in which a value changes what the chart renders: manifests, notes, or the
 * message with which a template refuses.
 * @param trials those that are worth asking first stand first.
 * @returns undefined when there is one.
 */
export async function findGap(
  render: Renderer,
  trials: readonly ChangedTrial[],
  path: readonly string[],
): Promise<Gap | undefined> {
  const setting = trials.filter(({ options }) => valueInMaps(options.values, path) !== undefined);
  const names = setting.map(({ name }) => name);
  if (setting.length === 0) return { reason: 'unset', trials: names };
  let reason: Gap['reason'] = 'refused';
  for (const trial of setting) {
    const effect = await effectOf(render, trial, path);
    if (effect === 'change') return undefined;
    if (effect === 'none') reason = 'no-effect';
  }
  return { reason, trials: names };
}

async function effectOf(
  render: Renderer,
  { options, expectsRefusal }: ChangedTrial,
  path: readonly string[],
): Promise<'change' | 'none' | 'refused'> {
  const made = await render(options);
  // That the schema refuses a value does not show that a template looks at it.
  if (made.type === 'invalid' || (made.type === 'refusal' && !expectsRefusal)) return 'refused';
  const reset = await render({ ...options, values: resetOverride(options.values, path) });
  return reset.type === made.type && reset.text === made.text ? 'none' : 'change';
}
