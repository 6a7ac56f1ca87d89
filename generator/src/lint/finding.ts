/** One rendering of a chart: a values case on a Kubernetes version. */
export interface Cell {
  case: string;
  kubeVersion: string;
}

export type Severity = 'error' | 'warning' | 'info';

/** A change of one line that mends a finding. */
export interface Fix {
  /** What the line holds; it is replaced where the line holds it exactly once. */
  old: string;
  /** May be several lines. */
  new: string;
}

/** What is wrong with a chart, and in which of its renderings. */
export interface Finding {
  /** Id of the rule that found it. */
  rule: string;
  severity: Severity;
  /** The chart's path as it was given. */
  chart: string;
  /** None for what is wrong whatever is rendered. */
  cells: Cell[];
  /** Path in the chart. */
  file?: string;
  /** From 1. */
  line?: number;
  /** From 1. */
  column?: number;
  /** The line of the file. */
  excerpt?: string;
  /** The rendered object, `StatefulSet/demo-worker`. */
  object?: string;
  /** Where in the object or in the values: `spec.template.spec.containers[0].image`. */
  path?: string;
  message: string;
  /** What to do. */
  hint?: string;
  fix?: Fix;
}

/** A finding that the chart says to pass over. */
export interface SuppressedFinding extends Finding {
  /** Why, in the chart's own words. */
  reason: string;
  /** The file of the chart that says so. */
  ignoredIn: string;
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** Findings that differ in their cells only as one, which lists the cells in the order they come in. */
export function mergeFindings(findings: readonly Finding[]): Finding[] {
  const merged = new Map<string, Finding>();
  for (const { cells, ...rest } of findings) {
    const key = JSON.stringify(rest);
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { ...rest, cells: [...cells] });
    else known.cells.push(...cells);
  }
  return [...merged.values()];
}

/** By chart, then the worst first, then by place and text. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compare(a.chart, b.chart) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compare(a.file ?? '', b.file ?? '') ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message) ||
    compare(a.object ?? '', b.object ?? '')
  );
}

/** Code unit order: the same everywhere, whatever the locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
