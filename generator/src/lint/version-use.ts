import type { LintedChart } from './chart.ts';

/** A set of versions with a gap; without these an accepted set is all between two accepted versions. */
const GAP = /^\s*kubeVersion:.*(?:\|\||!=)/m;

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
      (path.endsWith('Chart.yaml') && GAP.test(text)),
  );
}
