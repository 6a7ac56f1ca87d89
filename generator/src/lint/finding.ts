/** One rendering of a chart: a values case on a Kubernetes version. */
export interface Cell {
  case: string;
  kubeVersion: string;
}

export type Severity = 'error' | 'warning' | 'info';

/** What is wrong with a chart, and in which of its renderings. */
export interface Finding {
  /** Id of the rule that found it. */
  rule: string;
  severity: Severity;
  /** The chart's path as it was given. */
  chart: string;
  cells: Cell[];
  /** Path in the chart. */
  file?: string;
  line?: number;
  message: string;
}

/** What a rule says of one cell. */
export type Observation = Omit<Finding, 'chart' | 'cells'>;

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** Identical findings of several cells as one, which lists them in the order they come in. */
export function mergeFindings(findings: readonly Finding[]): Finding[] {
  const merged = new Map<string, Finding>();
  for (const { cells, ...observation } of findings) {
    const { rule, severity, chart, file, line, message } = observation;
    const key = JSON.stringify([rule, severity, chart, file, line, message]);
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { ...observation, cells: [...cells] });
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
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  );
}

/** Code unit order: the same everywhere, whatever the locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
