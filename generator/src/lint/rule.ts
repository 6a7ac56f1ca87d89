import type { HelmEngine } from '../helm/engine.ts';
import type { Json } from '../model/types.ts';
import type { Fix, Severity } from './finding.ts';
import type { LintedChart } from './chart.ts';
import type { KubernetesObject, Manifest } from './manifests.ts';

/** Where a rule saw something. */
export type Place =
  /** In a rendered object; the line of its template is found from it. */
  | { object: KubernetesObject; path?: ObjectPath; at?: 'key' | 'value' }
  /** In a rendered text, at a line counted from 1. */
  | { manifest: Manifest; line?: number }
  /** In a file of the chart. */
  | { file: string; line?: number; column?: number; path?: string };

export type ObjectPath = readonly (string | number)[];

/** What a rule says. */
export interface Observation {
  message: string;
  place?: Place;
  /** Where it is not the rule's own. */
  severity?: Severity;
  /** What to do, one sentence; the rule's `remedy` where absent. */
  hint?: string;
  fix?: Fix;
  /** Those of the rendering's Kubernetes versions that it is true of; all where absent. */
  kubeVersions?: readonly string[];
}

/** What a chart renders for one values case, the same on each of the Kubernetes versions. */
export interface LintedRendering {
  chart: LintedChart;
  case: string;
  kubeVersions: readonly string[];
  manifests: readonly Manifest[];
  /** The objects of all manifests, those of a `List` one by one. */
  objects: readonly KubernetesObject[];
  /** What NOTES.txt says. */
  notes: string;
  /** The values that templates saw: the chart's own with those of the case, subcharts' below their names. */
  values: Record<string, Json>;
}

/** What is changed for another rendering of the same case. */
export interface Changes {
  releaseName?: string;
  chartVersion?: string;
  appVersion?: string;
  /** Laid over the values of the case. */
  values?: Record<string, Json>;
}

/** A rendering, and how to make the like. */
export interface RepeatableRendering extends LintedRendering {
  /** The case rendered with changes; undefined when the chart refuses them. */
  repeat(changes: Changes): Promise<LintedRendering | undefined>;
}

/** What there is to say of a rule. */
export interface RuleDescription {
  /** Stable, in kebab case; it stands in reports and in lists of what to ignore. */
  id: string;
  severity: Severity;
  /** What it finds, one sentence. */
  summary: string;
  /** Why that matters, one or two sentences. */
  reason: string;
  /** How to mend it, one sentence; the hint of findings that have none of their own. */
  remedy: string;
  /** Where the rule is from: a specification, a page of Kubernetes or Helm. */
  source?: string;
}

/** A check of charts; it has one or more of the four functions. */
export interface Rule extends RuleDescription {
  /** Looks at the chart's files. */
  chart?(chart: LintedChart): Observation[];
  /** Asks Helm about the chart. */
  asked?(chart: LintedChart, engine: HelmEngine): Promise<Observation[]>;
  /** Looks at one rendering. */
  rendering?(rendering: LintedRendering): Observation[];
  /** Looks at a rendering, and renders it again with changes. */
  repeated?(rendering: RepeatableRendering): Promise<Observation[]>;
}
