import { basename } from 'node:path';
import type { LintMessage } from '../helm/engine.ts';
import { readSchemaErrors, type SchemaError } from '../helm/schema-errors.ts';
import type { LintedChart } from './chart.ts';
import type { Finding, Severity } from './finding.ts';
import { readHelmMessage } from './helm-message.ts';
import { formatPath, withExcerpt } from './locate/locate.ts';
import { placesInYaml } from './locate/rendered-line.ts';
import type { MatrixCell } from './matrix.ts';

/** What Helm says of the cells of a chart, when it lints and when it renders. */
export function helmFindings(chart: LintedChart, cells: readonly MatrixCell[]): Finding[] {
  const isRendered = cells.some(({ rendering }) => rendering.ok);
  return cells.flatMap((cell) => {
    const { rendering } = cell;
    const warnings = rendering.warnings.map((message) =>
      finding('helm-warning', 'warning', { message }),
    );
    const valuesFile = valuesFileOf(chart, cell);
    const refused = rendering.ok
      ? []
      : (unsupported(rendering.message, isRendered) ??
        refusal(chart, valuesFile, rendering.message));
    const known = new Set(refused.map(({ message }) => message));
    const linted = cell.messages
      .flatMap((message) => lintFindings(chart, valuesFile, message))
      .filter(({ message }) => !known.has(message));
    const cells = [{ case: cell.case.name, kubeVersion: cell.kubeVersion }];
    return [...warnings, ...refused, ...linted].map((found) => ({
      ...withExcerpt(chart, found),
      chart: chart.path,
      cells,
    }));
  });
}

type Found = Omit<Finding, 'chart' | 'cells'>;
type Place = Pick<Finding, 'file' | 'line' | 'column' | 'message'>;

function finding(rule: string, severity: Severity, place: Place): Found {
  return { rule, severity, ...place };
}

/** Versions that the chart says it is not for; to be for none of all is a mistake. */
function unsupported(text: string, isRendered: boolean): Found[] | undefined {
  const message = /^(chart requires kubeVersion: .*) which is incompatible with/.exec(text)?.[1];
  if (message === undefined) return undefined;
  const severity = isRendered ? 'info' : 'error';
  return [finding('helm-template', severity, { file: 'Chart.yaml', message })];
}

function refusal(chart: LintedChart, valuesFile: string, text: string): Found[] {
  // A library chart has nothing to render.
  if (text === 'library charts are not installable') return [];
  const errors = readSchemaErrors(text);
  if (errors) return errors.map((error) => schemaFinding(chart, valuesFile, error));
  const place = readHelmMessage(text);
  const isNotes = /(?:^|\/)templates\/NOTES\.txt$/.test(place.file ?? '');
  return [finding(isNotes ? 'notes-failure' : 'helm-template', 'error', place)];
}

function lintFindings(
  chart: LintedChart,
  valuesFile: string,
  { severity, path, message }: LintMessage,
): Found[] {
  const errors = readSchemaErrors(message);
  if (errors) return errors.map((error) => schemaFinding(chart, valuesFile, error));
  // What is wrong with its dependencies Helm tells of the chart as a whole.
  const file = path === chart.path ? 'Chart.yaml' : path;
  const place = readHelmMessage(message, file === '' ? undefined : file);
  return [finding(lintRule(path === chart.path ? '' : (place.file ?? '')), severity, place)];
}

/** Helm's lint rules have no names of their own but for the files of its source, pkg/chart/v2/lint/rules. */
function lintRule(file: string): string {
  if (file === 'Chart.yaml') return 'helm-chartfile';
  if (file === 'values.yaml' || file.startsWith('ci/')) return 'helm-values';
  if (file.startsWith('templates') || file.includes('/templates/')) return 'helm-templates';
  if (file.startsWith('crds')) return 'helm-crds';
  return 'helm-lint';
}

function schemaFinding(chart: LintedChart, valuesFile: string, error: SchemaError): Found {
  const { path, message } = error;
  const own = error.chart === undefined || isNameOf(chart, error.chart);
  const place = own ? placeOf(chart, valuesFile, path) : { file: valuesFile };
  return {
    ...finding('helm-values', 'error', {
      ...place,
      message: own ? message : `${message} (schema of the chart ${error.chart ?? ''})`,
    }),
    ...(path.length > 0 && { path: formatPath(path) }),
  };
}

/** The value stands in the file of the case, else in the chart's own values. */
function placeOf(chart: LintedChart, valuesFile: string, path: string[]) {
  for (const file of new Set([valuesFile, 'values.yaml'])) {
    const places = placesInYaml(chart.files.get(file) ?? '');
    if (path.length > 0 && places.has(path)) return { file, ...places.find(path, 'key') };
  }
  return { file: valuesFile };
}

function valuesFileOf(chart: LintedChart, { case: { valuesFiles } }: MatrixCell): string {
  const file = `ci/${basename(valuesFiles[0] ?? '')}`;
  return chart.files.has(file) ? file : 'values.yaml';
}

function isNameOf({ files }: LintedChart, name: string): boolean {
  return placesInYaml(files.get('Chart.yaml') ?? '').get(['name']) === name;
}
