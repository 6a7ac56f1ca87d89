import type { LintedChart } from '../../../generator/src/lint/chart.ts';
import { readManifests } from '../../../generator/src/lint/manifests.ts';
import type { LintedRendering } from '../../../generator/src/lint/rule.ts';

/** A rendering as if Helm had printed this for the defaults of a chart. */
export function renderingOf(
  output: string,
  parts: Partial<LintedRendering> & { files?: Record<string, string> } = {},
): LintedRendering {
  const { files = {}, ...rest } = parts;
  const chart: LintedChart = {
    path: 'demo',
    digest: '',
    isArchive: false,
    files: new Map(Object.entries(files)),
    cases: [],
  };
  const source = `# Source: demo/templates/a.yaml\n${output}`;
  return {
    chart,
    case: 'default',
    kubeVersions: ['1.36'],
    ...readManifests(source),
    notes: '',
    values: {},
    ...rest,
  };
}
