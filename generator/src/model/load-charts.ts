import { join } from 'node:path';
import { valid } from 'semver';
import { didYouMean } from '../nearest.ts';
import type { Authored, AuthoredFiles } from './authored-files.ts';
import { composeValues } from './chart-values.ts';
import { checkCases, loadCases } from './check-cases.ts';
import { checkModels } from './check-models.ts';
import { checkDefaults, compileValuesCheck } from './check-values.ts';
import { chartFiles } from './layout.ts';
import type { CatalogFile } from './load-catalog.ts';
import type { ChartSource, Component, Line } from './catalog.ts';

/** chart.yaml, where much may be left out. */
type ChartFile = Pick<ChartSource, 'name' | 'version' | 'description' | 'components'> &
  Partial<ChartSource>;

type Components = ReadonlyMap<string, Component>;

/** The charts that catalog.yaml names, checked against their components and lines. */
export function loadCharts(
  files: AuthoredFiles,
  catalog: Authored<CatalogFile>,
  lines: readonly Line[],
  components: Components,
): ChartSource[] {
  const names = files.names('charts');
  for (const name of names.filter((name) => !catalog.data.charts.includes(name))) {
    files.problems.push({
      file: files.named(`charts/${name}/chart.yaml`),
      message: 'catalog.yaml does not list this chart',
    });
  }
  return catalog.data.charts.flatMap((name, index) => {
    if (names.includes(name))
      return loadChart(files, name, catalog.data.lines, lines, components) ?? [];
    const message = `there is no ${files.named(`charts/${name}`)}`;
    files.problems.push(catalog.source.problem(['charts', index], message, hinted(name, names)));
    return [];
  });
}

function loadChart(
  files: AuthoredFiles,
  name: string,
  lineNames: readonly string[],
  lines: readonly Line[],
  components: Components,
): ChartSource | undefined {
  const file = files.yaml<ChartFile>(`charts/${name}/chart.yaml`, 'chart');
  if (!file) return undefined;
  const chart: ChartSource = {
    keywords: [],
    defaults: {},
    links: [],
    changes: [],
    ...file.data,
    lines: lineNames.filter((line) => file.data.lines?.includes(line) ?? true),
    directory: join(files.directory, 'charts', name),
    files: chartFiles(files.tree, name),
  };
  checkNames(files, file, name, lineNames);
  checkTargets(files, chart, components);
  if (files.tree.has(`charts/${name}/lint.yaml`)) files.yaml(`charts/${name}/lint.yaml`, 'lint');
  const cases = loadCases(files, chart.files);
  const parts = chart.components.flatMap((component) => components.get(component) ?? []);
  if (parts.length < chart.components.length) return chart;
  const location = { source: file.source, path: [] };
  const values = composeValues(parts, chart.defaults, location, files.problems);
  const ownLines = lines.filter(({ line }) => chart.lines.includes(line));
  // Its own defaults may hide a mistake of a component, which other charts would meet.
  if (Object.keys(chart.defaults).length > 0) {
    checkModels(composeValues(parts, {}), ownLines, files.problems);
  }
  checkCases(cases, checkModels(values, ownLines, files.problems), files.problems);
  return chart;
}

function checkNames(
  files: AuthoredFiles,
  { data, source }: Authored<ChartFile>,
  name: string,
  lineNames: readonly string[],
): void {
  if (data.name !== name) {
    files.problems.push(source.problem(['name'], `the folder is named "${name}"`));
  }
  // Helm shows the version as it is written, and registries take no build metadata.
  if (valid(data.version) !== data.version) {
    files.problems.push(
      source.problem(['version'], `"${data.version}" is not a version such as 0.1.0`),
    );
  }
  const known = files.names('components');
  for (const [index, component] of data.components.entries()) {
    if (known.includes(component)) continue;
    const message = `there is no component "${component}"`;
    files.problems.push(source.problem(['components', index], message, hinted(component, known)));
  }
  for (const [index, line] of (data.lines ?? []).entries()) {
    if (lineNames.includes(line)) continue;
    const message = `catalog.yaml has no line "${line}"`;
    files.problems.push(source.problem(['lines', index], message, hinted(line, lineNames)));
  }
}

/** Two files that would be one file of the chart, for example `x.yaml` and `x.yaml.hbs`. */
function checkTargets(files: AuthoredFiles, chart: ChartSource, components: Components): void {
  const sources = new Map<string, string>();
  const parts = chart.components.flatMap((name) => components.get(name)?.files ?? []);
  for (const { source, target } of [...parts, ...chart.files]) {
    const other = sources.get(target);
    if (other === undefined) sources.set(target, source);
    else {
      const message = `would be ${target} of chart ${chart.name}, which ${files.named(other)} is already`;
      files.problems.push({ file: files.named(source), message });
    }
  }
}

/** Components no chart has yet are checked by themselves. */
export function checkUnusedComponents(
  files: AuthoredFiles,
  charts: readonly ChartSource[],
  components: Components,
): void {
  const used = new Set(charts.flatMap((chart) => chart.components));
  for (const component of components.values()) {
    if (used.has(component.name)) continue;
    const values = composeValues([component], {});
    checkDefaults(values, compileValuesCheck(values), files.problems);
  }
}

function hinted(name: string, known: readonly string[]): { hint?: string } {
  const hint = didYouMean(name, known);
  return hint === undefined ? {} : { hint };
}
