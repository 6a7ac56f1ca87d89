import type { RuleDescription } from '../rule.ts';

const LINT = 'https://helm.sh/docs/helm/helm_lint/';

/** What Helm itself finds, under ids of ours: it has none. */
export const HELM_RULES: readonly RuleDescription[] = [
  {
    id: 'helm-template',
    severity: 'error',
    summary: 'Helm cannot render the chart with the values of a case.',
    reason: 'Nobody can install it so: a template fails, or values are refused.',
    remedy: 'The message names the template and the line; a case that has to fail is no case.',
    source: 'https://helm.sh/docs/helm/helm_template/',
  },
  {
    id: 'notes-failure',
    severity: 'error',
    summary: 'NOTES.txt fails for the values of a case.',
    reason:
      '`helm template` does not show the notes, but `helm install` renders them and is refused.',
    remedy: 'Mend the line of NOTES.txt that the message names.',
    source: 'https://helm.sh/docs/chart_template_guide/notes_files/',
  },
  {
    id: 'helm-warning',
    severity: 'warning',
    summary: 'Helm warns when it renders the chart.',
    reason: 'Most often values do not have the type that the chart gives them, and are dropped.',
    remedy: 'Mend the value or the default that the warning names.',
    source: 'https://helm.sh/docs/chart_template_guide/values_files/',
  },
  {
    id: 'helm-lint',
    severity: 'error',
    summary: "Helm's lint finds something in the chart as a whole.",
    reason: 'The chart does not load, or lacks what every chart has.',
    remedy: 'Do as the message says.',
    source: LINT,
  },
  {
    id: 'helm-chartfile',
    severity: 'error',
    summary: "Helm's lint finds something in Chart.yaml.",
    reason: 'Helm refuses such a chart, or shows it badly.',
    remedy: 'Mend the field that the message names.',
    source: 'https://helm.sh/docs/topics/charts/#the-chartyaml-file',
  },
  {
    id: 'helm-values',
    severity: 'error',
    summary: "Helm's lint finds something in values.yaml or in the values of a case.",
    reason: 'The file is no YAML, or its values break values.schema.json.',
    remedy: 'Mend the value that the message names, or the schema.',
    source: 'https://helm.sh/docs/topics/charts/#schema-files',
  },
  {
    id: 'helm-templates',
    severity: 'error',
    summary: "Helm's lint finds something in a template or in what it renders.",
    reason: 'What is rendered is no valid manifest, or uses what Kubernetes has done away with.',
    remedy: 'Mend the template that the message names.',
    source: LINT,
  },
  {
    id: 'helm-crds',
    severity: 'error',
    summary: "Helm's lint finds something in the folder crds.",
    reason: 'Helm installs what stands there before anything else, as it is.',
    remedy: 'Keep CustomResourceDefinitions there, and nothing else.',
    source: 'https://helm.sh/docs/chart_best_practices/custom_resource_definitions/',
  },
];
