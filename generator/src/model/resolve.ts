import { UserError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { composeValues } from './chart-values.ts';
import { omit } from './json.ts';
import { applyLine, hasLine } from './lines.ts';
import type { Catalog, ChartSource, Component, Line } from './catalog.ts';
import type { ChartModel } from './types.ts';

/**
 * One chart of one Spark line.
 * @param chart name of a chart of the catalog, `spark`.
 * @param line name of one of its lines, `4.3`.
 * @throws UserError USAGE for a chart or line that the catalog does not have.
 */
export function resolveChart(catalog: Catalog, chart: string, line: string): ChartModel {
  const source = catalog.charts.find(({ name }) => name === chart);
  if (!source)
    throw unknown(
      'chart',
      chart,
      catalog.charts.map(({ name }) => name),
    );
  const found = catalog.lines.find((candidate) => candidate.line === line);
  if (!found || !source.lines.includes(line)) throw unknown('line', line, source.lines);
  return resolve(catalog, source, found);
}

/**
 * The charts with the given names, of the whole catalog where none is given. The name of a
 * chart of the catalog (`spark`) stands for all its lines, `spark-4-2` for one of them.
 * @throws UserError USAGE for a name that no chart has.
 */
export function resolveCharts(catalog: Catalog, names?: readonly string[]): ChartModel[] {
  const charts = catalog.charts.flatMap((source) =>
    catalog.lines
      .filter(({ line }) => source.lines.includes(line))
      .map((line) => ({ source, line, name: chartName(catalog, source, line) })),
  );
  const known = charts.flatMap(({ source, name }) => [source.name, name]);
  const missing = names?.find((name) => !known.includes(name));
  if (missing !== undefined) throw unknown('chart', missing, known);
  return charts
    .filter(({ source, name }) => !names || names.includes(source.name) || names.includes(name))
    .map(({ source, line }) => resolve(catalog, source, line));
}

function resolve(catalog: Catalog, source: ChartSource, line: Line): ChartModel {
  const components = source.components.flatMap((name) => catalog.components.get(name) ?? []);
  return {
    catalog,
    source,
    line,
    name: chartName(catalog, source, line),
    newest: line === catalog.lines[0],
    version: source.version,
    appVersion: line.version,
    components: components.map(({ name, title, readme }) => ({ name, title, readme })),
    values: applyLine(composeValues(components, source.defaults), line),
    rules: components.flatMap((component) => rulesOf(component, line)),
    files: [...components.flatMap(({ files }) => files), ...source.files],
    partials: catalog.partials,
  };
}

function rulesOf({ rules }: Component, line: Line): ChartModel['rules'] {
  return rules.filter(({ lines }) => hasLine(lines, line)).map((rule) => omit(rule, 'lines'));
}

function chartName(catalog: Catalog, { name }: ChartSource, { line }: Line): string {
  return line === catalog.lines[0]?.line ? name : `${name}-${line.replaceAll('.', '-')}`;
}

function unknown(what: string, name: string, known: readonly string[]): UserError {
  const names = [...new Set(known)];
  const hint = didYouMean(name, names);
  return new UserError(
    'USAGE',
    `there is no ${what} "${name}"${hint === undefined ? '' : `, ${hint}`}`,
    {
      next: `Choose from: ${names.join(', ')}.`,
    },
  );
}
