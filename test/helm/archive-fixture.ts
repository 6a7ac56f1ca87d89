import { chartYaml } from '../unit/archive/fixture.ts';

export const HELMS = ['helm-3', 'helm-4'] as const;

/** A Chart.yaml with dependencies on charts of these names, of any version. */
export function dependsOn(...names: string[]): string {
  const dependencies = names.map((name) => ({ name, version: '*', repository: '' }));
  return chartYaml('demo', '1.0.0', `dependencies: ${JSON.stringify(dependencies)}\n`);
}

/** A subchart that shows its value `size`. */
export const SUBCHART = {
  'charts/open/Chart.yaml': chartYaml('open'),
  'charts/open/values.yaml': 'size: large\n',
  'charts/open/templates/a.yaml': 'open: {{ .Values.size }}\n',
};
