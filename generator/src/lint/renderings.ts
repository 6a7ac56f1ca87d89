import type { HelmEngine } from '../helm/engine.ts';
import type { Json } from '../model/types.ts';
import type { ValuesCase } from './cases.ts';
import type { LintedChart } from './chart.ts';
import { readManifests } from './manifests.ts';
import type { MatrixCell } from './matrix.ts';
import type { Changes, LintedRendering, RepeatableRendering } from './rule.ts';
import { orRunaway, runawayRendering } from './runaway.ts';

interface Output {
  manifests: string;
  notes: string;
}

interface Group extends Output {
  case: ValuesCase;
  kubeVersions: string[];
}

/**
 * What the cells of a chart render, those of one case that render the same as one: most charts
 * make the same of every Kubernetes version, and rules need to look at it once.
 */
export async function distinctRenderings(
  engine: HelmEngine,
  chart: LintedChart,
  cells: readonly MatrixCell[],
): Promise<RepeatableRendering[]> {
  const groups = new Map<string, Group>();
  for (const { case: values, kubeVersion, rendering } of cells) {
    if (!rendering.ok) continue;
    const { manifests, notes = '' } = rendering;
    const key = JSON.stringify([values.name, manifests, notes]);
    const known = groups.get(key);
    if (known) known.kubeVersions.push(kubeVersion);
    else groups.set(key, { case: values, kubeVersions: [kubeVersion], manifests, notes });
  }
  const values = valuesOnce(engine, chart);
  return Promise.all(
    [...groups.values()].map(async (group) => {
      const rendering = describe(chart, group, group, await values(group.case));
      const repeat = (changes: Changes) => repeatRendering(engine, rendering, group, changes);
      return { ...rendering, repeat };
    }),
  );
}

/** Values do not depend on the Kubernetes version. */
function valuesOnce(engine: HelmEngine, chart: LintedChart) {
  const known = new Map<string, Promise<Record<string, Json>>>();
  return ({ name, valuesFiles }: ValuesCase) => {
    const values = known.get(name) ?? engine.values(chart, { valuesFiles });
    known.set(name, values);
    return values;
  };
}

async function repeatRendering(
  engine: HelmEngine,
  rendering: LintedRendering,
  { case: { valuesFiles }, kubeVersions: [kubeVersion] }: Group,
  changes: Changes,
): Promise<LintedRendering | undefined> {
  const options = { ...changes, valuesFiles, ...(kubeVersion !== undefined && { kubeVersion }) };
  const again = await orRunaway(engine.render(rendering.chart, options), runawayRendering);
  if (!again.ok) return undefined;
  const { manifests, notes = '' } = again;
  return { ...rendering, ...readManifests(manifests), notes };
}

function describe(
  chart: LintedChart,
  { case: { name }, kubeVersions }: Group,
  { manifests, notes }: Output,
  values: Record<string, Json>,
): LintedRendering {
  return { chart, case: name, kubeVersions, ...readManifests(manifests), notes, values };
}
