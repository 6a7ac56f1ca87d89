import type { Cell, Finding } from '../finding.ts';
import type { LintReport } from '../lint.ts';

/**
 * The renderings that have a finding, `in cases ha and tls on Kubernetes 1.35 and 1.36`; undefined
 * for what all of the chart's have and for what does not depend on them.
 */
export function describeCells(
  { chart, cells }: Finding,
  { charts, kubeVersions }: LintReport,
): string | undefined {
  const all = charts.find((entry) => entry.chart === chart)?.cells ?? 0;
  if (cells.length === 0 || cells.length >= all) return undefined;
  const parts = [...casesByVersions(cells)].map(([versions, cases]) => {
    const names = `${cases.length === 1 ? 'case' : 'cases'} ${enumerate(cases)}`;
    return versions === kubeVersions.join('\n')
      ? names
      : `${names} on Kubernetes ${enumerate(versions.split('\n'))}`;
  });
  return `in ${parts.join(', ')}`;
}

/** The cases that have something on the same Kubernetes versions, by these, a line each. */
function casesByVersions(cells: readonly Cell[]): Map<string, string[]> {
  const versions = new Map<string, string>();
  for (const { case: name, kubeVersion } of cells) {
    const before = versions.get(name);
    versions.set(name, before === undefined ? kubeVersion : `${before}\n${kubeVersion}`);
  }
  const cases = new Map<string, string[]>();
  for (const [name, key] of versions) cases.set(key, [...(cases.get(key) ?? []), name]);
  return cases;
}

/** `a, b and c`. */
function enumerate(words: readonly string[]): string {
  const [last = '', ...others] = words.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`;
}
