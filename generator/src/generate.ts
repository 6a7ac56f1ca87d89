import { emitChart } from './emit/chart.ts';
import { type Problem, UserError } from './errors.ts';
import type { FileSet } from './fileset/fileset.ts';
import { loadCatalog, resolveCharts } from './model/index.ts';
import type { Catalog } from './model/catalog.ts';
import { uniqueProblems } from './problems.ts';
import { type Progress, silent } from './progress.ts';

/**
 * Makes charts from their sources, in memory.
 * @param source the folder of the catalogue, `charts-src`.
 * @param names generated charts to make (`spark-4-2`); all where empty.
 * @returns chart name → files.
 * @throws UserError SOURCE_INVALID, TEMPLATE_INVALID with all mistakes; USAGE for an unknown name.
 */
export async function generateCharts(
  source: string,
  names: readonly string[] = [],
  progress: Progress = silent,
): Promise<Map<string, FileSet>> {
  progress(`reading ${source}`);
  return emitCharts(await loadCatalog(source), names, progress);
}

/** {@link generateCharts} for a catalogue that is loaded already. */
export function emitCharts(
  catalog: Catalog,
  names: readonly string[],
  progress: Progress,
): Map<string, FileSet> {
  const models = resolveCharts(catalog, names.length > 0 ? [...names] : undefined);
  const charts = new Map<string, FileSet>();
  const problems: Problem[] = [];
  for (const model of models) {
    progress(`generating ${model.name}`);
    try {
      charts.set(model.name, emitChart(model));
    } catch (error) {
      if (!(error instanceof UserError && error.code === 'TEMPLATE_INVALID')) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length === 0) return charts;
  const message = 'the templates have mistakes';
  throw new UserError('TEMPLATE_INVALID', message, { problems: uniqueProblems(problems) });
}
