import { isObject } from '../model/json.ts';
import type { LintedChart } from './chart.ts';
import { loadGoYaml } from '../go-yaml.ts';

/**
 * Whether what a chart renders may depend on the Kubernetes version in a way that its oldest and
 * newest do not show. Templates get at the version by `.Capabilities` only, which a template, a
 * value or a file has to name; a text that holds all of the context has the version in it as well.
 */
export function mayAskForVersion({ files }: LintedChart): boolean {
  return [...files].some(
    ([path, text]) =>
      // No template can read the schema.
      (text.includes('Capabilities') && !path.endsWith('values.schema.json')) ||
      // A packed subchart could hold anything.
      (path.startsWith('charts/') && path.endsWith('.tgz')) ||
      (/(?:^|\/)Chart\.yaml$/.test(path) && mayHaveGap(text)),
  );
}

/** Between two versions that it accepts a plain range accepts all; others are not looked into. */
function mayHaveGap(chartYaml: string): boolean {
  try {
    const [chart] = loadGoYaml(chartYaml, { duplicates: true });
    const range = isObject(chart) ? (chart.kubeVersion ?? '') : '';
    return typeof range !== 'string' || !/^(?:[<>]=?\s*v?[\w.-]+[\s,]*)*$/.test(range);
  } catch {
    return true;
  }
}
