import type { Json } from '../model/types.ts';
import type { ChartOptions, Rendering } from './helm.ts';
import type { SchemaError } from './schema-errors.ts';

/** A chart that Helm is to work with: a folder or an archive. */
export interface ChartReference {
  path: string;
  /** Of its content: another digest makes Helm load it anew. */
  digest: string;
}

/** What one rendering is made with. */
export interface RenderOptions extends ChartOptions {
  /** Laid over the values files, as `--set-json` is. */
  values?: Record<string, Json>;
  /** `release` where absent. */
  releaseName?: string;
  /** As if Chart.yaml said so. */
  chartVersion?: string;
  appVersion?: string;
}

/** What Helm knows of a chart once it is loaded. */
export interface LoadedChart {
  name: string;
  version: string;
  /** Paths of its own templates and those of its subcharts, as in `# Source:` lines. */
  templates: string[];
}

/** One message of `helm lint`. */
export interface LintMessage {
  severity: 'error' | 'warning' | 'info';
  /** As Helm names it: `templates/a.yaml`, `Chart.yaml`, a folder; may be empty. */
  path: string;
  message: string;
}

/**
 * Helm's own code at work, in processes that live long or as the `helm` command. The answers are
 * the same either way. An aborted signal rejects with an `AbortError`.
 * Each method throws UserError `CHART_RUNAWAY` when Helm's process breaks down over the chart, its
 * cause an Error that says why, and `TOOL_FAILED` when Helm does not work; neither for what Helm
 * finds wrong with the chart.
 */
export interface HelmEngine {
  /** How many requests are worth having under way at once. */
  readonly processes: number;
  /** Whether it is the one version that this program pins: another may answer otherwise. */
  readonly isPinned: boolean;
  /** @throws UserError `CHART_INVALID` with what Helm says when the chart does not load. */
  load(chart: ChartReference, signal?: AbortSignal): Promise<LoadedChart>;
  /** `helm template --include-crds`. */
  render(chart: ChartReference, options: RenderOptions, signal?: AbortSignal): Promise<Rendering>;
  /** `helm lint --strict`. */
  lint(chart: ChartReference, options: ChartOptions, signal?: AbortSignal): Promise<LintMessage[]>;
  /** The values that templates see: the chart's, its subcharts' below their names, and those given. */
  values(
    chart: ChartReference,
    options: RenderOptions,
    signal?: AbortSignal,
  ): Promise<Record<string, Json>>;
  /** What the values break of values.schema.json, of the chart and its subcharts; empty when all is well. */
  validate(
    chart: ChartReference,
    options: RenderOptions,
    signal?: AbortSignal,
  ): Promise<SchemaError[]>;
}
