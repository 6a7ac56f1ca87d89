import { isObject } from '../../model/json.ts';
import type { Json } from '../../model/types.ts';
import type { LintedChart } from '../chart.ts';
import type { ValuePath } from './known.ts';
import { runTemplates, type TemplateRun } from './run-templates.ts';
import { dataFile } from './values-file.ts';

const known = new WeakMap<LintedChart, TemplateRun>();

/** What the templates of a chart do, found out once. */
export function templateRunOf(chart: LintedChart): TemplateRun {
  const run = known.get(chart) ?? runTemplates(chart, textsForTpl(chart));
  known.set(chart, run);
  return run;
}

/** Whether a path is that of another value, or of one that it lies in. */
export function startsWith(path: ValuePath, prefix: ValuePath): boolean {
  if (prefix.length > path.length) return false;
  return prefix.every((key, index) => key === null || path[index] === null || key === path[index]);
}

/** Texts that templates may run with `tpl`: values and files of the chart that hold actions. */
function textsForTpl(chart: LintedChart): string[] {
  const values = dataFile(chart, 'values.yaml')?.data ?? {};
  const files = [...chart.files].flatMap(([file, text]) => (isForTpl(file) ? [text] : []));
  return [...textsOf(values), ...files].filter((text) => text.includes('{{'));
}

function isForTpl(file: string): boolean {
  return (
    !/^(?:templates|charts|crds|ci|tests)\//.test(file) &&
    !/\.md$|^(?:Chart|values)\.yaml$/.test(file)
  );
}

function textsOf(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return isObject(value) ? Object.values(value).flatMap(textsOf) : [];
}

/** The values of a library chart are those of the charts that use it. */
export function isLibrary(chart: LintedChart): boolean {
  return dataFile(chart, 'Chart.yaml')?.data.type === 'library';
}
