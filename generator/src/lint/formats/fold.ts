import type { Finding } from '../finding.ts';

/** A finding with all charts that have the very same. */
export interface FoldedFinding {
  /** Of the first of the charts. */
  finding: Finding;
  charts: string[];
}

/** Charts that are made of the same sources have the same findings: each of them once, in order. */
export function foldFindings(findings: readonly Finding[]): FoldedFinding[] {
  const folded = new Map<string, FoldedFinding>();
  for (const finding of findings) {
    const { chart, ...rest } = finding;
    const key = JSON.stringify(rest);
    const known = folded.get(key);
    if (known) known.charts.push(chart);
    else folded.set(key, { finding, charts: [chart] });
  }
  return [...folded.values()];
}
