import type { Cell, Finding, SuppressedFinding } from '../../../../generator/src/lint/finding.ts';
import type { LintReport } from '../../../../generator/src/lint/lint.ts';

const KUBE_VERSIONS = ['1.35', '1.36'];

/** Cases on every version. */
export function cellsOf(...cases: string[]): Cell[] {
  return cases.flatMap((name) => KUBE_VERSIONS.map((kubeVersion) => ({ case: name, kubeVersion })));
}

/** A warning in `charts/a`, which all its renderings have. */
export function finding(differences: Partial<Finding> = {}): Finding {
  return {
    rule: 'image-tag',
    severity: 'warning',
    chart: 'charts/a',
    cells: cellsOf('ha', 'tls'),
    file: 'templates/pod.yaml',
    line: 4,
    column: 5,
    excerpt: '    image: nginx',
    object: 'Pod/demo',
    path: 'spec.image',
    message: 'nginx has no tag',
    hint: 'Name a version.',
    ...differences,
  };
}

/** A report of charts that each have the cases `ha` and `tls`. */
export function reportOf(
  findings: Finding[],
  suppressed: SuppressedFinding[] = [],
  charts: readonly string[] = ['charts/a'],
): LintReport {
  return {
    kubeVersions: KUBE_VERSIONS,
    charts: charts.map((chart) => ({ chart, cases: ['ha', 'tls'], cells: 4 })),
    findings,
    suppressed,
  };
}
